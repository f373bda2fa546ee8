-- Every recorded reason for a member of staff to have to do with a person, with the span it covers as the records give it.
-- What counts how long before and after is decided where a reason is used (purpose.sql).
with
  toDateTime('2106-01-01 00:00:00', 'UTC') as open_end,
  vehicle_stops as (
    select s.stop_id as stop_id, s.staff_id as staff_id, s.at as at, v.person_id as person_id
    from upstander.stops s
    join upstander.person_vehicles v on v.registration = s.registration
    where s.registration != '' and s.person_id = '' and toDate(s.at) >= v.from_on and (v.to_on is null or toDate(s.at) <= v.to_on)
  ),
  found as (
    select
      a.staff_id as staff_id,
      c.person_id as person_id,
      'attendance' as kind,
      '' as part,
      a.assigned_at as from_at,
      greatest(coalesce(a.left_at, coalesce(a.arrived_at, a.assigned_at) + interval 4 hour), a.assigned_at) as to_at,
      greatest(a.assigned_at, c.linked_at) as known_at,
      concat('attendances:', a.incident_id, ':', a.staff_id) as record_id,
      a.incident_id as case_id
    from upstander.attendances a
    join upstander.case_people c on c.case_id = a.incident_id

    union all
    select
      l.staff_id, c.person_id, 'allocation', toString(l.part), l.from_at,
      least(coalesce(l.to_at, open_end), c.closed_at), greatest(l.from_at, c.linked_at),
      concat('allocations:', l.investigation_id, ':', l.staff_id), l.investigation_id
    from upstander.allocations l
    join upstander.case_people c on c.case_id = l.investigation_id

    union all
    select
      staff_id, person_id, 'assignment', toString(part), from_at,
      coalesce(to_at, if(part = 'engagement_plan', from_at + toIntervalDay({plan_days:UInt32}), open_end)), from_at,
      concat('assignments:', assignment_id), ''
    from upstander.assignments

    union all
    select staff_id, person_id, 'custody', toString(kind), start_at, end_at, start_at, concat('custody_visits:', visit_id), ''
    from upstander.custody_visits

    union all
    select staff_id, person_id, 'stop', '', at, at, at, concat('stops:', stop_id), ''
    from upstander.stops
    where person_id != ''

    union all
    select staff_id, person_id, 'stop', '', at, at, at, concat('stops:', stop_id), ''
    from vehicle_stops

    union all
    select
      staff_id, person_id, 'logged_contact', toString(medium), at, at, logged_at,
      concat('contact_log:', entry_id), if(investigation_id != '', investigation_id, incident_id)
    from upstander.contact_log

    union all
    select
      a.staff_id, c.person_id, 'log_action', toString(a.action), a.at, a.at, greatest(a.at, c.linked_at),
      concat('incident_actions:', a.incident_id, ':', a.staff_id), a.incident_id
    from upstander.incident_actions a
    join upstander.case_people c on c.case_id = a.incident_id
  )
select * from found
where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
