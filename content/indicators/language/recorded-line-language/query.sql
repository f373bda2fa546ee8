with
  posts as (
    select staff_id, party_id, day, post from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  parts as (
    select staff_id, person_id, groupArray((from_at, to_at)) as spans
    from upstander.reasons
    where has({sparing_posts:Array(String)}, toString(part)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
  ),
  -- Whoever rang, both speak: the direction of the call does not matter.
  hits as (
    select
      h.staff_id as staff_id, h.party_id as party_id, toDate(h.at) as day, toString(h.family) as family, h.record_id as record_id, h.at as at,
      h.own_words as own_words
    from upstander.message_hits h
    left join posts p on p.staff_id = h.staff_id and p.party_id = h.party_id and p.day = toDate(h.at)
    left join parts r on r.staff_id = h.staff_id and r.person_id = h.person_id
    where h.staff_id != '' and h.channel = 'call_transcript' and cityHash64(h.staff_id) % {shards:UInt32} = {shard:UInt32}
      and not has({unspoken:Array(String)}, toString(h.family))
      and (h.aimed or not (has({sparing_posts:Array(String)}, toString(p.post)) or arrayExists(s -> h.at >= s.1 and h.at < s.2, r.spans)))
  ),
  days as (
    select staff_id, party_id, day, groupUniqArray(family) as families, groupUniqArrayIf(family, own_words) as own_families,
      uniqExact(record_id) as n, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(distinct record_id) as records
    from hits group by staff_id, party_id, day
  ),
  windows as (
    select staff_id, party_id, day, last_at,
      arrayDistinct(arrayFlatten(groupArray(families) over w)) as all_families,
      arrayDistinct(arrayFlatten(groupArray(own_families) over w)) as all_own,
      sum(n) over w as total, min(first_at) over w as began,
      arraySlice(arrayDistinct(arrayFlatten(groupArray(records) over w)), -20) as all_records
    from days
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  weighed as (
    select *,
      multiIf(
        length(all_own) >= {min_families:UInt32} and hasAny(all_own, {grave:Array(String)}), 12,
        length(all_own) >= {min_families:UInt32}, 8,
        hasAny(all_own, {grave:Array(String)}) or length(all_families) >= {min_families:UInt32}, 6,
        0) as weight
    from windows
  )
select staff_id, party_id as person_id, day as found_on, weight as points, total as count, began as first_at, last_at, all_records as evidence,
  map(
    'families', replaceAll(arrayStringConcat(arraySort(all_families), ', '), '_', ' '),
    'speaker', if(length(all_own) = length(all_families), 'said by the member of staff, as transcribed', 'the transcript does not say who spoke')) as detail
from weighed
where weight > 0
