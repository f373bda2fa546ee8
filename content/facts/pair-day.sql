with
  logs as (
    select distinct staff_id, person_id, toDate(from_at) as day
    from upstander.reasons
    where kind = 'logged_contact' and known_at <= from_at + toIntervalHour({log_hours:UInt32})
      and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  events as (
    select
      *,
      direction = 'out' or (kind = 'voice' and duration_s >= 30) as part_taken,
      part_taken and (duty_state = 'off' or (duty_state = 'absent' and duty_reason != 'training')) as off_duty_part
    from upstander.contacts
    where staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  )
select
  e.staff_id as staff_id,
  e.party_id as party_id,
  any(e.person_id) as person_id,
  toDate(e.at) as day,
  argMax(e.post, e.at) as post,
  toUInt32(count()) as contacts,
  toUInt32(countIf(e.direction = 'out')) as out_events,
  toUInt32(countIf(e.opens)) as conversations,
  toUInt32(countIf(e.opens and e.started_by = 'staff')) as staff_opened,
  toUInt32(countIf(e.off_duty_part)) as off_duty,
  toUInt32(countIf(e.part_taken)) as took_part,
  toUInt32(countIf(e.direction = 'out' and e.started_by = 'staff' and e.duty_state = 'absent' and e.duty_reason in ('sick', 'annual_leave'))) as on_leave,
  toUInt32(countIf(e.direction = 'out' and e.kind = 'voice' and e.duration_s <= 5)) as short_calls,
  toUInt32(countIf(e.kind in ('voice', 'call_transcript'))) as calls,
  maxIf(e.duration_s, e.kind = 'voice') as longest_call_s,
  toUInt32(countIf(e.kind not in ('voice', 'call_transcript'))) as texts,
  toUInt32(countIf(e.attribution = 'shared')) as shared,
  max(l.person_id != '') as logged,
  groupArraySorted(12)(e.record_id) as records,
  groupArraySortedIf(12)(e.record_id, e.off_duty_part) as off_duty_records,
  groupArraySortedIf(12)(e.record_id, e.direction = 'out' and e.started_by = 'staff' and e.duty_state = 'absent' and e.duty_reason in ('sick', 'annual_leave')) as on_leave_records,
  groupArraySortedIf(12)(e.record_id, e.direction = 'out' and e.kind = 'voice' and e.duration_s <= 5) as short_call_records
from events e
left join logs l on l.staff_id = e.staff_id and l.person_id = e.person_id and l.day = toDate(e.at) and e.person_id != ''
group by e.staff_id, e.party_id, toDate(e.at)
