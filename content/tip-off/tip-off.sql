-- Every contact with, look-up of, or stop near an address of the people in a matter by those who are watched, from the notice on. What a record
-- explains is returned too, and says so: after a notice a reader wants to see all of it.
with
  watched as (
    select each.1 as notice, each.2 as staff_id, each.3 as person_id, toDateTime(each.4, 'UTC') as since
    from (select arrayJoin(arrayZip({notices:Array(String)}, {staff:Array(String)}, {people:Array(String)}, {since:Array(String)})) as each)
  ),
  answered as (
    select fact, record_id, staff_id, person_id, explained from upstander.purposes where staff_id in {staff:Array(String)} and person_id in {people:Array(String)}
  ),
  happened as (
    select w.notice as notice, 'contact' as kind, c.record_id as record_id, c.staff_id as staff_id, c.party_id as person_id, c.at as at,
      concat(multiIf(c.kind in ('voice', 'call_transcript'), 'Call', c.kind in ('sms', 'mms'), 'Text', 'Message'),
        multiIf(c.direction != 'out', ' received', c.kind in ('voice', 'call_transcript'), ' made', ' sent')) as says
    from upstander.contacts c
    join watched w on w.staff_id = c.staff_id and w.person_id = c.party_id
    where c.staff_id in {staff:Array(String)} and c.at >= w.since
    union all
    select w.notice, 'look_up', l.record_id, l.staff_id, l.person_id, l.at, concat('Look-up by ', toString(l.via))
    from upstander.lookups l
    join watched w on w.staff_id = l.staff_id and w.person_id = l.person_id
    where l.staff_id in {staff:Array(String)} and l.at >= w.since
    union all
    select w.notice, 'stay', s.record_id, s.staff_id, s.person_id, s.start_at, concat('Stopped ', toString(greatest(1, round(s.minutes))), ' min, ', toString(round(s.distance_m)), ' m from an address')
    from upstander.address_stays s
    join watched w on w.staff_id = s.staff_id and w.person_id = s.person_id
    where s.staff_id in {staff:Array(String)} and s.start_at >= w.since and s.certainty = 'known'
  )
select h.notice as notice, h.kind as kind, h.record_id as record_id, h.staff_id as staff_id, h.person_id as person_id, toString(h.at) as at, h.says as says,
  toUInt8(max(a.explained)) as explained
from happened h
left join answered a on a.fact = h.kind and a.record_id = h.record_id and a.staff_id = h.staff_id and a.person_id = h.person_id
group by h.notice, h.kind, h.record_id, h.staff_id, h.person_id, h.at, h.says
order by at, record_id
