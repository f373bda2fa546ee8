with
  loose as (
    select p.record_id as record_id, p.staff_id as staff_id, p.person_id as person_id, p.at as at, p.known_on as known_on, l.via as via
    from (select record_id, person_id, via from upstander.look_up_residue
          where not has({exempt_posts:Array(String)}, toString(post)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) l
    join (select record_id, staff_id, person_id, at, known_on from upstander.unexplained_events where fact = 'look_up' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = l.record_id and p.person_id = l.person_id
  ),
  relatives as (
    select person_id, related_person_id, toString(kind) as kind from upstander.person_relations
    union distinct
    select related_person_id, person_id, toString(kind) from upstander.person_relations
  ),
  met as (select staff_id, person_id, first_met_at from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}),
  -- A look at one person is about their relatives; and about themselves, where they had moved and it is the place that was opened.
  others as (
    select related_person_id as looked_at, person_id, replaceAll(kind, '_', ' ') as what, false as moved, toDate(0) as from_on from relatives
    union all
    select person_id, person_id, 'new address', true, toDate(from_on) from upstander.person_addresses where kind = 'home'
  ),
  about as (
    select l.staff_id as staff_id, o.person_id as person_id, l.record_id as record_id, l.at as at, l.known_on as known_on, o.what as what, o.moved as moved, o.from_on as moved_on
    from loose l
    join others o on o.looked_at = l.person_id
    where not o.moved or (l.via = 'address' and o.from_on <= toDate(l.at) and o.from_on + {moved_days:UInt32} > toDate(l.at))
  ),
  touches as (
    select staff_id, person_id, at from upstander.contacts where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, person_id, from_at from upstander.reasons
    where kind = 'logged_contact' and known_at <= from_at + toIntervalHour({log_hours:UInt32}) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, person_id, at from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  near as (
    select a.staff_id as staff_id, a.person_id as person_id, a.record_id as record_id, any(a.at) as at, min(a.what) as what, greatest(any(a.known_on), min(toDate(t.at)) + 1) as known_on
    from touches t
    join (
      select a.* from met m join about a on a.staff_id = m.staff_id and a.person_id = m.person_id
      where m.first_met_at <= a.at and (not a.moved or a.moved_on > toDate(m.first_met_at))
    ) a on a.staff_id = t.staff_id and a.person_id = t.person_id
    where abs(dateDiff('second', t.at, a.at)) <= {within_days:UInt32} * 86400
    group by a.staff_id, a.person_id, a.record_id
  ),
  days as (
    select staff_id, person_id, known_on, uniqExact(record_id) as n, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(record_id) as records, groupUniqArray(what) as whats
    from near group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, sum(n) over w as total, min(first_at) over w as began, max(last_at) over w as ended,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records, arraySort(arrayDistinct(arrayFlatten(groupArray(whats) over w))) as all_whats
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 6 as points, total as count, began as first_at, ended as last_at, all_records as evidence,
  map('what', arrayStringConcat(all_whats, ', ')) as detail
from windows
