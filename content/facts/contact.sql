-- A billing or message event, given to the holder of the device and to whoever had the other number at that moment.
-- A message that the bill also shows is one contact: the bill's row is kept.
with
  unknown_here as (select cityHash64('') % {shards:UInt32} = {shard:UInt32}),
  -- Before its first issue, after a return and while two have it, a device is nobody's: such contacts are of the part of no staff.
  at_times_nobodys as (
    select address from upstander.devices
    group by address
    having max(to_at is not null) or uniqExact(from_at, staff_id) > uniqExact(from_at)
      or min(from_at) > (select min(first) from (select minOrNull(at) as first from upstander.billing union all select minOrNull(at) from upstander.messages))
  ),
  shard_devices as (
    select address from upstander.devices where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union distinct
    select address from at_times_nobodys where (select * from unknown_here)
  ),
  -- A number is the force's from its first issue on.
  force_addresses as (
    select address, min(since) as since
    from (
      select address, from_at as since from upstander.devices
      union all
      select arrayJoin([personal_number, personal_email]) as address, toDateTime(0) as since from upstander.staff where address != ''
    )
    group by address
  ),
  billed as (
    select
      concat('billing:', record_id) as record_id, device_address, other_address, toString(direction) as direction, toString(kind) as kind, at,
      toUInt32(greatest(0, coalesce(duration_s, 0))) as duration_s
    from upstander.billing
    where device_address in shard_devices
      or ((select * from unknown_here) and device_address not in (select address from upstander.devices))
  ),
  -- A call or text of the bill by what a captured message shares with it, as one number of 128 bits: a set of those is far smaller than one of rows.
  billed_minutes as (
    select sipHash128(device_address, other_address, direction, kind = 'voice', intDiv(toUnixTimestamp(at), 60)) as event from billed where kind in ('voice', 'sms', 'mms')
  ),
  spoken_or_sent as (
    select
      concat('messages:', message_id) as record_id, device_address, other_address, toString(direction) as direction, toString(channel) as kind, at,
      toUInt32(0) as duration_s
    from upstander.messages
    where (device_address in shard_devices
        or ((select * from unknown_here) and device_address not in (select address from upstander.devices)))
      and not (channel in ('sms', 'call_transcript') and (
        sipHash128(device_address, other_address, toString(direction), channel = 'call_transcript', intDiv(toUnixTimestamp(at), 60)) in billed_minutes
        or sipHash128(device_address, other_address, toString(direction), channel = 'call_transcript', intDiv(toUnixTimestamp(at), 60) - 1) in billed_minutes
        or sipHash128(device_address, other_address, toString(direction), channel = 'call_transcript', intDiv(toUnixTimestamp(at), 60) + 1) in billed_minutes))
  ),
  events as (
    select
      e.record_id as record_id, e.device_address as device_address, e.other_address as other_address, e.direction as direction,
      e.kind as kind, e.at as at, e.duration_s as duration_s
    from (select * from billed union all select * from spoken_or_sent) e
    left join force_addresses f on f.address = e.other_address
    where f.address = '' or e.at < f.since
  ),
  -- Issued to two at the same moment, a device is shared, whatever its row says.
  issues as (
    select
      d.address as address, d.from_at as from_at, if(uniqExact(d.staff_id) = 1, any(d.staff_id), '') as staff_id,
      uniqExact(d.staff_id) > 1 or max(coalesce(d.shared, false)) as shared,
      max(coalesce(d.to_at, toDateTime('2106-01-01 00:00:00', 'UTC'))) as to_at
    from upstander.devices d
    group by d.address, d.from_at
  ),
  held as (
    select e.record_id as record_id, e.device_address as device_address, e.other_address as other_address, e.direction as direction, e.kind as kind, e.at as at, e.duration_s as duration_s, d.staff_id as holder, d.shared as shared, d.to_at as returned_at, d.address != '' as issued
    from events e
    asof left join issues d
      on e.device_address = d.address and e.at >= d.from_at
  ),
  attributed as (
    select
      * except (holder, shared, returned_at, issued),
      if(issued and at < returned_at, holder, '') as staff_id,
      multiIf(issued and at < returned_at and shared, 'shared', staff_id = '', 'unknown', 'held') as attribution
    from held
    where cityHash64(if(issued and at < returned_at, holder, '')) % {shards:UInt32} = {shard:UInt32}
  ),
  numbers as (
    select number, groupArray((from_on, coalesce(to_on, toDate32('2106-01-01')), person_id)) as holders
    from upstander.person_numbers
    group by number
  ),
  -- Numbers of several people, with those of them whom a member of staff had met and since when.
  met_on_number as (
    select m.staff_id as staff_id, p.number as number, groupArray((m.person_id, m.first_met_at)) as met
    from upstander.meetings m
    join (select distinct number, person_id from upstander.person_numbers where number in (select number from upstander.person_numbers group by number having count() > 1)) p
      on p.person_id = m.person_id
    group by m.staff_id, p.number
  ),
  answered as (
    select
      a.record_id as record_id, a.device_address as device_address, a.other_address as other_address, a.direction as direction, a.kind as kind, a.at as at, a.duration_s as duration_s, a.staff_id as staff_id, a.attribution as attribution,
      arrayFilter(h -> toDate32(a.at) >= h.1 and toDate32(a.at) <= h.2, n.holders) as candidates
    from attributed a
    left join numbers n on n.number = a.other_address
  ),
  -- Where two people share a number, the one this member of staff had met by then; else the newest holder.
  people as (
    select
      a.record_id as record_id, a.device_address as device_address, a.other_address as other_address, a.direction as direction, a.kind as kind, a.at as at, a.duration_s as duration_s, a.staff_id as staff_id, a.attribution as attribution,
      toUInt16(length(candidates)) as sharers,
      multiIf(
        length(candidates) = 0, '', length(candidates) = 1, candidates[1].3,
        arrayReverseSort(c -> (arrayExists(m -> m.1 = c.3 and m.2 > toDateTime(0) and m.2 <= a.at, k.met), c.1), candidates)[1].3) as person_id
    from answered a
    left join met_on_number k on k.staff_id = a.staff_id and k.number = a.other_address
  ),
  -- The number brings the rows of a pair together faster than sorting two texts does; the texts still decide.
  parties as (
    select *, if(person_id != '', person_id, other_address) as party_id, cityHash64(staff_id, party_id) as pair from people
  ),
  spoken as (
    select
      *,
      lagInFrame(toNullable(at)) over thread as previous_at,
      lagInFrame(kind) over thread as previous_kind,
      kind in ('voice', 'call_transcript')
        or previous_at is null
        or previous_kind in ('voice', 'call_transcript')
        or at - previous_at >= {conversation_gap_minutes:UInt32} * 60 as opens
    from parties
    window thread as (partition by pair, staff_id, party_id order by at, record_id rows between unbounded preceding and current row)
  ),
  conversations as (
    select
      *,
      last_value(if(opens, toNullable(at), null)) over w as conversation_at,
      last_value(if(opens, toNullable(direction), null)) over w as opened_with
    from spoken
    window w as (partition by pair, staff_id, party_id order by at, record_id rows between unbounded preceding and current row)
  ),
  on_duty as (
    select c.record_id as record_id, c.device_address as device_address, c.other_address as other_address, c.direction as direction, c.kind as kind, c.at as at, c.duration_s as duration_s, c.staff_id as staff_id, c.attribution as attribution, c.sharers as sharers, c.person_id as person_id, c.party_id as party_id, c.opens as opens, c.conversation_at as conversation_at, c.opened_with as opened_with, d.state as duty_found, d.reason as reason_found, d.end_at as duty_end
    from conversations c
    asof left join upstander.duty_states d on c.staff_id = d.staff_id and c.at >= d.start_at
  )
select
  o.record_id as record_id,
  o.staff_id as staff_id,
  o.party_id as party_id,
  o.person_id as person_id,
  o.other_address as other_address,
  o.device_address as device_address,
  o.direction as direction,
  o.kind as kind,
  o.at as at,
  o.duration_s as duration_s,
  o.attribution as attribution,
  o.sharers as sharers,
  multiIf(
    o.staff_id = '' or o.duty_end = toDateTime(0) or o.at > o.duty_end + toIntervalDay({roster_silent_days:UInt32}), 'not_known',
    o.at < o.duty_end, o.duty_found,
    'off') as duty_state,
  if(o.at < o.duty_end, o.reason_found, '') as duty_reason,
  if(p.to_on is null or toDate32(o.at) <= p.to_on, toString(p.post), '') as post,
  coalesce(o.conversation_at, o.at) as conversation_at,
  o.opens as opens,
  if(coalesce(o.opened_with, o.direction) = 'out', 'staff', 'other') as started_by
from on_duty o
asof left join (select staff_id, post, toDateTime(from_on, 'UTC') as from_at, to_on from upstander.postings) p
  on o.staff_id = p.staff_id and o.at >= p.from_at
