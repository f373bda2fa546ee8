-- Holds until there is a visit again: a quiet month must not make a pair look worse than its last visit did.
with
  days as (
    select staff_id, person_id, toDate(start_at) as day, count() as stays, countIf(crew_size >= 2) as crewed_stays, min(record_id) as record_id
    from upstander.address_stays
    where certainty = 'known' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, day
  ),
  windows as (
    select staff_id, person_id, day, record_id, sum(stays) over w as n, sum(crewed_stays) over w as crewed,
      leadInFrame(day, 1, toDate('2105-12-02')) over following as next_day
    from days
    window
      w as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between 27 preceding and current row),
      following as (partition by staff_id, person_id order by day rows between current row and unbounded following)
  )
select staff_id, person_id, day as from_on, next_day - 1 as to_on, -3 as points, record_id
from windows
where crewed * 2 >= n
