-- Whom an access to a records system concerns: the person opened, or the people of the address, number, vehicle or case opened.
-- The case quoted stands in the reference, or in words round it ("re 44/1234/25"), or among the words of the reason: forces differ.
with
  opened as (
    select access_id, staff_id, at, toString(action) as action, toString(subject_kind) as subject_kind, subject_id, reference, reason, coalesce(remote, true) as remote
    from upstander.system_access
    where subject_kind != 'criteria' and subject_id != '' and at >= {from:DateTime}
      and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A case number has a figure in it and is no shorter than five characters; the longest that is one counts.
  quoted as (
    select reference, reason, argMax(phrase, length(phrase)) as case_id
    from (
      select reference, reason,
        arraySlice(arrayMap(w -> trim(both '.,;:()[]#"' from w), splitByWhitespace(concat(reference, ' ', substringUTF8(reason, 1, 300)))), 1, 40) as words,
        arrayJoin(arrayDistinct(arrayFlatten(arrayMap(n -> arrayMap(i -> arrayStringConcat(arraySlice(words, i, n), ' '), range(1, toUInt64(greatest(1, toInt64(length(words)) - n + 2)))), [1, 2, 3, 4, 5])))) as phrase
      from (select distinct reference, reason from opened where match(concat(reference, reason), '[0-9]') and reference not in (select case_id from upstander.case_people))
    )
    where length(phrase) >= 5 and match(phrase, '[0-9]') and phrase in (select case_id from upstander.case_people)
    group by reference, reason
  ),
  accesses as (
    select o.access_id as access_id, o.staff_id as staff_id, o.at as at, o.action as action, o.subject_kind as subject_kind, o.subject_id as subject_id, if(q.case_id != '', q.case_id, o.reference) as reference, o.remote as remote
    from opened o
    left join quoted q on q.reference = o.reference and q.reason = o.reason
  ),
  directly as (
    select *, subject_id as person_id, 'person' as via from accesses where subject_kind = 'person'
  ),
  homes as (
    select person_id, toInt32(round(lat * 100000)) as lat5, toInt32(round(lon * 100000)) as lon5, from_on, coalesce(to_on, toDate32('2106-01-01')) as to_on
    from upstander.person_addresses
  ),
  by_address as (
    select a.access_id as access_id, a.staff_id as staff_id, a.at as at, a.action as action, a.subject_kind as subject_kind, a.subject_id as subject_id, a.reference as reference, a.remote as remote, h.person_id as person_id, 'address' as via
    from (
      select *, toInt32(round(toFloat64OrZero(splitByChar(' ', subject_id)[1]) * 100000)) as lat5, toInt32(round(toFloat64OrZero(splitByChar(' ', subject_id)[2]) * 100000)) as lon5
      from accesses
      where subject_kind = 'address'
    ) a
    join homes h on h.lat5 = a.lat5 and h.lon5 = a.lon5
    where toDate32(a.at) >= h.from_on and toDate32(a.at) <= h.to_on
  ),
  by_number as (
    select a.access_id as access_id, a.staff_id as staff_id, a.at as at, a.action as action, a.subject_kind as subject_kind, a.subject_id as subject_id, a.reference as reference, a.remote as remote, n.person_id as person_id, 'number' as via
    from (select * from accesses where subject_kind = 'number') a
    join upstander.person_numbers n on n.number = a.subject_id
    where toDate32(a.at) >= n.from_on and (n.to_on is null or toDate32(a.at) <= n.to_on)
  ),
  by_vehicle as (
    select a.access_id as access_id, a.staff_id as staff_id, a.at as at, a.action as action, a.subject_kind as subject_kind, a.subject_id as subject_id, a.reference as reference, a.remote as remote, v.person_id as person_id, 'vehicle' as via
    from (select * from accesses where subject_kind = 'vehicle') a
    join upstander.person_vehicles v on v.registration = a.subject_id
    where toDate32(a.at) >= v.from_on and (v.to_on is null or toDate32(a.at) <= v.to_on)
  ),
  by_case as (
    select a.access_id as access_id, a.staff_id as staff_id, a.at as at, a.action as action, a.subject_kind as subject_kind, a.subject_id as subject_id, a.reference as reference, a.remote as remote, c.person_id as person_id, a.subject_kind as via
    from (select * from accesses where subject_kind in ('incident', 'investigation')) a
    join upstander.case_people c on c.case_id = a.subject_id
    where c.linked_at <= a.at
  ),
  concerned as (
    select access_id, staff_id, at, action, subject_kind, subject_id, reference, remote, person_id, via from directly
    union all
    select access_id, staff_id, at, action, subject_kind, subject_id, reference, remote, person_id, via from by_address
    union all
    select access_id, staff_id, at, action, subject_kind, subject_id, reference, remote, person_id, via from by_number
    union all
    select access_id, staff_id, at, action, subject_kind, subject_id, reference, remote, person_id, via from by_vehicle
    union all
    select access_id, staff_id, at, action, subject_kind, subject_id, reference, remote, person_id, via from by_case
  ),
  on_duty as (
    select c.access_id as access_id, c.staff_id as staff_id, c.at as at, c.action as action, c.subject_kind as subject_kind, c.subject_id as subject_id, c.reference as reference, c.remote as remote, c.person_id as person_id, c.via as via, d.state as duty_found, d.reason as reason_found, d.end_at as duty_end
    from concerned c
    asof left join upstander.duty_states d on c.staff_id = d.staff_id and c.at >= d.start_at
  )
select
  concat('system_access:', o.access_id) as record_id,
  o.staff_id as staff_id,
  o.person_id as person_id,
  o.via as via,
  if(o.subject_kind in ('incident', 'investigation'), o.subject_id, o.reference) as case_id,
  o.at as at,
  o.action as action,
  o.remote as remote,
  multiIf(
    o.duty_end = toDateTime(0) or o.at > o.duty_end + toIntervalDay({roster_silent_days:UInt32}), 'not_known',
    o.at < o.duty_end, o.duty_found,
    'off') as duty_state,
  if(o.at < o.duty_end, o.reason_found, '') as duty_reason,
  if(p.to_on is null or toDate32(o.at) <= p.to_on, toString(p.post), '') as post
from on_duty o
asof left join (select staff_id, post, toDateTime(from_on, 'UTC') as from_at, to_on from upstander.postings) p
  on o.staff_id = p.staff_id and o.at >= p.from_at
-- Two addresses, numbers or keepers on one row of the audit trail are still one look-up of the person.
limit 1 by record_id, person_id
