with
  mine as (
    select staff_id, party_id, person_id, direction, at, toDate(at) as day, toString(family) as family, aimed, record_id
    from upstander.message_hits
    where staff_id != '' and channel != 'call_transcript' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  posts as (
    select staff_id, party_id, day, post from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- Spans in which taking accounts from this person, or standing by a family, was the recorded part played.
  parts as (
    select staff_id, person_id, groupArray((from_at, to_at)) as spans
    from upstander.reasons
    where has({sparing_posts:Array(String)}, toString(part)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
  ),
  kisses as (
    select staff_id, party_id, minIf(at, direction = 'out') as first_sent, groupArrayIf(at, direction = 'in') as received
    from mine where has({light:Array(String)}, family)
    group by staff_id, party_id
  ),
  hits as (
    select m.staff_id as staff_id, m.party_id as party_id, m.day as day, m.family as family, m.record_id as record_id, m.at as at
    from (select * from mine where direction = 'out') m
    left join posts p on p.staff_id = m.staff_id and p.party_id = m.party_id and p.day = m.day
    left join parts r on r.staff_id = m.staff_id and r.person_id = m.person_id
    left join kisses k on k.staff_id = m.staff_id and k.party_id = m.party_id
    where (m.aimed or not (has({sparing_posts:Array(String)}, toString(p.post)) or arrayExists(s -> m.at >= s.1 and m.at < s.2, r.spans)))
      and not (has({light:Array(String)}, m.family)
        and arrayMin(k.received) < k.first_sent
        and arrayExists(at -> at < m.at and at + toIntervalDay({answer_days:UInt32}) >= m.at, k.received))
  ),
  days as (
    select staff_id, party_id, day, groupUniqArray(family) as families, uniqExact(record_id) as n, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(distinct record_id) as records
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
