-- Sweeps the edges of every duty and absence in time order and keeps the strongest state between two edges:
-- overtime and recall beat an absence, an absence beats a duty that starts inside it (rosters are not rewritten when somebody
-- is ill) but not one already begun (leave starts at midnight, a night duty ends at seven), the roster beats a training
-- absence, and anything beats on call.
with
  begun_inside as (
    select d.duty_id as duty_id
    from upstander.duties d
    join upstander.absences a on a.staff_id = d.staff_id
    where d.kind = 'rostered' and a.kind != 'training' and d.start_at >= a.start_at and d.start_at < a.end_at
    group by duty_id
  ),
  spans as (
    select
      staff_id,
      start_at - if(kind = 'on_call', 0, {duty_grace_minutes:UInt32} * 60) as from_at,
      end_at + if(kind = 'on_call', 0, {duty_grace_minutes:UInt32} * 60) as to_at,
      multiIf(kind in ('overtime', 'recalled'), 1, kind = 'on_call', 5, duty_id in begun_inside, 3, 1) as strength,
      concat(toString(kind), '\n', 'duties:', duty_id) as what
    from upstander.duties
    where end_at > start_at
    union all
    select
      staff_id,
      start_at,
      end_at,
      if(kind = 'training', 4, 2),
      concat(toString(kind), '\n', 'absences:', staff_id, ':', toString(toUnixTimestamp(start_at)))
    from upstander.absences
    where end_at > start_at
  ),
  edges as (
    select staff_id, edge.1 as at, edge.2 as step, strength, what
    from spans
    array join [(from_at, 1), (to_at, -1)] as edge
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  swept as (
    select
      staff_id,
      at,
      sum(if(strength = 1, step, 0)) over w as open_1,
      sum(if(strength = 2, step, 0)) over w as open_2,
      sum(if(strength = 3, step, 0)) over w as open_3,
      sum(if(strength = 4, step, 0)) over w as open_4,
      sum(if(strength = 5, step, 0)) over w as open_5,
      last_value(if(strength = 1 and step = 1, what, null)) over w as what_1,
      last_value(if(strength = 2 and step = 1, what, null)) over w as what_2,
      last_value(if(strength = 3 and step = 1, what, null)) over w as what_3,
      last_value(if(strength = 4 and step = 1, what, null)) over w as what_4,
      last_value(if(strength = 5 and step = 1, what, null)) over w as what_5
    from edges
    window w as (partition by staff_id order by at range between unbounded preceding and current row)
  ),
  moments as (select * from swept limit 1 by staff_id, at),
  between_edges as (
    select
      staff_id,
      at as start_at,
      leadInFrame(at, 1, at) over (partition by staff_id order by at rows between unbounded preceding and unbounded following) as end_at,
      multiIf(open_1 > 0, 'on_duty', open_2 > 0, 'absent', open_3 > 0, 'on_duty', open_4 > 0, 'absent', open_5 > 0, 'on_call', '') as state,
      multiIf(open_1 > 0, what_1, open_2 > 0, what_2, open_3 > 0, what_3, open_4 > 0, what_4, what_5) as what
    from moments
  )
select
  staff_id,
  start_at,
  end_at,
  state,
  splitByChar('\n', assumeNotNull(what))[1] as reason,
  splitByChar('\n', assumeNotNull(what))[2] as record_id
from between_edges
where state != '' and end_at > start_at
