-- Contacts and look-ups that no record explains, each with how matters stood between the two at that moment: since when they
-- had known each other, when the last recorded part ended, whether a case was open and when the last one they shared closed.
-- Only what was on record by then is used, so the answer never changes later.
with
  loose as (
    select fact, record_id, staff_id, person_id, known_on
    from upstander.purposes
    where fact in ('contact', 'look_up') and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  events as (
    select
      l.fact as fact, l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, c.at as at, l.known_on as known_on,
      c.direction as direction, c.kind as kind, c.duration_s as duration_s, c.attribution = 'shared' as shared,
      c.direction = 'out' or (c.kind = 'voice' and c.duration_s >= 30) as own_doing,
      false as remote, c.duty_state as duty_state, c.duty_reason as duty_reason
    from (
      select record_id, at, direction, kind, duration_s, attribution, duty_state, duty_reason
      from upstander.contacts where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) c
    join (select * from loose where fact = 'contact') l on l.record_id = c.record_id
    union all
    select
      l.fact, l.record_id, l.staff_id, l.person_id, u.at, l.known_on, '', u.action, 0, false, true, u.remote, u.duty_state, u.duty_reason
    from (
      select record_id, person_id, at, action, remote, duty_state, duty_reason
      from upstander.lookups where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) u
    join (select * from loose where fact = 'look_up') l on l.record_id = u.record_id and l.person_id = u.person_id
  ),
  with_parts as (
    select e.*, r.ended_at as part_ended_at
    from events e
    asof left join (
      select staff_id, person_id, greatest(to_at, known_at) as ended_at
      from upstander.reasons where kind != 'logged_contact' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) r on r.staff_id = e.staff_id and r.person_id = e.person_id and e.at >= r.ended_at
  ),
  shared_cases as (
    select staff_id, case_id, min(known_at) as known_at
    from upstander.reasons where case_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, case_id
  ),
  -- The cases of each pair are gathered once: to hold every event against every case grows with the product of the two.
  pair_cases as (
    select
      p.staff_id as staff_id, p.person_id as person_id,
      groupArrayIf((c.linked_at, c.closed_at), c.kind = 'investigation') as open_spans,
      -- From when on it was on record that a case the two shared had closed, and when it did.
      groupArrayIf((greatest(s.known_at, c.linked_at, c.closed_at), c.closed_at), s.case_id != '') as closings
    from (select distinct staff_id, person_id from loose) p
    join upstander.case_people c on c.person_id = p.person_id
    left join shared_cases s on s.staff_id = p.staff_id and s.case_id = c.case_id
    group by p.staff_id, p.person_id
  )
select
  e.fact as fact, e.record_id as record_id, e.staff_id as staff_id, e.person_id as person_id, any(e.at) as at, any(e.known_on) as known_on,
  any(e.direction) as direction, any(e.kind) as kind, any(e.duration_s) as duration_s, any(e.shared) as shared, any(e.own_doing) as own_doing,
  any(e.remote) as remote, any(e.duty_state) as duty_state, any(e.duty_reason) as duty_reason,
  any(if(k.staff_id = '', toDateTime('2106-01-01 00:00:00', 'UTC'), k.since)) as known_since,
  any(e.part_ended_at) as part_ended_at,
  max(arrayExists(span -> span.1 <= e.at and span.2 > e.at, c.open_spans)) as open_case,
  max(arrayMax(arrayMap(closing -> if(closing.1 <= e.at, closing.2, toDateTime(0, 'UTC')), c.closings))) as last_closed_at
from with_parts e
left join pair_cases c on c.staff_id = e.staff_id and c.person_id = e.person_id
left join (select * from upstander.known_people where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) k
  on k.staff_id = e.staff_id and k.person_id = e.person_id
group by e.fact, e.record_id, e.staff_id, e.person_id
