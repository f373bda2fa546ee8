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
  -- Whom what was opened concerns, and in which seconds. An address is known by its fifth decimal, about a metre; what was opened,
  -- by one number of 128 bits: a join by that is smaller than one by texts.
  concerns as (
    select sipHash128('address', toInt32(round(lat * 100000)), toInt32(round(lon * 100000))) as opened_id, person_id, from_on, coalesce(to_on, toDate32('2106-01-01')) as to_on
    from upstander.person_addresses
    union all
    select sipHash128('number', number), person_id, from_on, coalesce(to_on, toDate32('2299-12-31')) from upstander.person_numbers
    union all
    select sipHash128('vehicle', registration), person_id, from_on, coalesce(to_on, toDate32('2299-12-31')) from upstander.person_vehicles
  ),
  concern_seconds as (
    select opened_id, person_id, toInt64(toInt32(from_on)) * 86400 as from_s, toInt64(toInt32(to_on)) * 86400 + 86399 as to_s from concerns
    union all
    select sipHash128('case', case_id), person_id, toInt64(toUnixTimestamp(linked_at)), toInt64(4294967295) from upstander.case_people
  ),
  concerned as (
    select
      a.access_id as access_id, a.staff_id as staff_id, a.at as at, a.action as action, a.subject_kind as subject_kind, a.subject_id as subject_id, a.reference as reference, a.remote as remote,
      if(a.subject_kind = 'person', a.subject_id, c.person_id) as person_id, a.subject_kind as via
    from (
      select *, splitByChar(' ', subject_id) as words,
        multiIf(
          subject_kind = 'address', sipHash128('address', toInt32(round(toFloat64OrZero(words[1]) * 100000)), toInt32(round(toFloat64OrZero(words[2]) * 100000))),
          sipHash128(if(subject_kind in ('incident', 'investigation'), 'case', subject_kind), subject_id)) as opened_id
      from accesses
    ) a
    left join concern_seconds c on c.opened_id = a.opened_id
    where a.subject_kind = 'person' or (c.person_id != '' and toInt64(toUnixTimestamp(a.at)) between c.from_s and c.to_s)
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
