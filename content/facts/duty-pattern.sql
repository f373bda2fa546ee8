-- Shifts or days, block by block of four weeks, from the twelve weeks before the block: only what was known by then.
with
  blocks as (
    select staff_id, intDiv(toRelativeDayNum(start_at), 28) as block, count() as duties, countIf(toHour(start_at) >= 18 or toHour(start_at) < 4) as night_duties
    from upstander.duties
    where kind = 'rostered' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, block
  ),
  felt as (
    select staff_id, block + ahead as block, sum(duties) as duties, sum(night_duties) as night_duties
    from blocks
    array join [1, 2, 3] as ahead
    group by staff_id, block
  )
select staff_id, toDate(block * 28) as from_on, if(night_duties >= 0.15 * duties, 'shifts', 'days') as pattern
from felt
