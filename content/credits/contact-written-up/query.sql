-- Holds until there is contact again: silence must not make a pair look worse than its last contact did.
-- The record behind it is the newest entry written by then.
with windows as (
  select staff_id, person_id, day, countIf(logged) over w as logged_days, count() over w as all_days,
    leadInFrame(day, 1, toDate('2105-12-01')) over following as next_day
  from upstander.pair_days
  where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, person_id) in (select staff_id, person_id from upstander.reasons where kind = 'logged_contact')
  window
    w as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between 27 preceding and current row),
    following as (partition by staff_id, person_id order by day rows between current row and unbounded following)
),
entries as (
  select staff_id, person_id, toDate(known_at) as written_on, max(record_id) as record_id
  from upstander.reasons
  where kind = 'logged_contact' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  group by staff_id, person_id, written_on
)
select w.staff_id as staff_id, w.person_id as person_id, w.day + 1 as from_on, w.next_day as to_on, -4 as points, e.record_id as record_id
from (select *, day + 1 as known_on from windows where logged_days * 2 >= all_days) w
asof join entries e on e.staff_id = w.staff_id and e.person_id = w.person_id and w.known_on >= e.written_on
