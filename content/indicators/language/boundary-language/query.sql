with
  hits as (
    select h.staff_id as staff_id, h.party_id as party_id, toDate(h.at) as day, toString(h.family) as family, h.record_id as record_id, h.at as at, c.post as post
    from upstander.message_hits h
    left join (select staff_id, party_id, day, post from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) c on c.staff_id = h.staff_id and c.party_id = h.party_id and c.day = toDate(h.at)
    where h.direction = 'out' and h.staff_id != '' and cityHash64(h.staff_id) % {shards:UInt32} = {shard:UInt32}
      and not (h.family = 'sexual' and has({sparing_posts:Array(String)}, toString(c.post)))
  ),
  days as (
    select staff_id, party_id, day, groupUniqArray(family) as families, uniqExact(record_id) as n, min(at) as first_at, max(at) as last_at, groupUniqArray(20)(record_id) as records
    from hits group by staff_id, party_id, day
  ),
  windows as (
    select staff_id, party_id, day, last_at,
      arrayDistinct(arrayFlatten(groupArray(families) over w)) as all_families, sum(n) over w as total, min(first_at) over w as began,
      arraySlice(arrayDistinct(arrayFlatten(groupArray(records) over w)), -20) as all_records
    from days
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  weighed as (
    select *,
      multiIf(
        hasAny(all_families, {grave:Array(String)}), 12,
        length(all_families) >= {min_families:UInt32}, 8,
        hasAll({light:Array(String)}, all_families), 3,
        0) as weight
    from windows
  )
select staff_id, party_id as person_id, day as found_on, weight as points, total as count, began as first_at, last_at, all_records as evidence,
  map('families', replaceAll(arrayStringConcat(arraySort(all_families), ', '), '_', ' ')) as detail
from weighed
where weight > 0
