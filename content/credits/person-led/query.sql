-- Holds until there is contact again: silence must not make a pair look worse than its last contact did.
with windows as (
  select staff_id, party_id, day, sum(conversations) over w as n, sum(staff_opened) over w as opened, any(records) over w as records,
    leadInFrame(day, 1, toDate('2105-12-02')) over following as next_day
  from upstander.pair_days
  where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  window
    w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between 27 preceding and current row),
    following as (partition by staff_id, party_id order by day rows between current row and unbounded following)
)
select staff_id, party_id as person_id, day as from_on, next_day - 1 as to_on, -4 as points, arrayElement(records, 1) as record_id
from windows
where n >= 5 and n - opened >= 0.7 * n
