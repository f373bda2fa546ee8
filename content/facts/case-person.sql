-- Who is part of which case: an incident's people are its investigation's people, and the other way round.
with
  incident_people as (
    select incident_id as case_id, person_id, part, at as linked_at, concat('involvements:', involvement_id) as record_id
    from upstander.involvements
    where incident_id != ''
    union all
    select v.incident_id, i.person_id, i.part, greatest(i.at, v.opened_at), concat('involvements:', i.involvement_id)
    from upstander.involvements i
    join upstander.investigations v on v.investigation_id = i.investigation_id
    where i.incident_id = '' and v.incident_id != ''
  ),
  investigation_people as (
    select investigation_id as case_id, person_id, part, at as linked_at, concat('involvements:', involvement_id) as record_id
    from upstander.involvements
    where investigation_id != ''
    union all
    select v.investigation_id, i.person_id, i.part, greatest(i.at, v.opened_at), concat('involvements:', i.involvement_id)
    from upstander.involvements i
    join upstander.investigations v on v.incident_id = i.incident_id
    where i.investigation_id = '' and i.incident_id != ''
  ),
  -- An investigation whose incident was never entered has nobody in it, and the work of those it is allocated to would look like
  -- private interest. Two records made apart tie a person to it: the incident of the days before names them, and somebody it is
  -- allocated to wrote up contact with them under it. From then on they are part of it. The log alone ties nobody: a member of
  -- staff could write up anybody under a case of their own.
  unlinked as (
    select investigation_id, opened_at from upstander.investigations where incident_id = ''
  ),
  written_up as (
    select l.investigation_id as case_id, l.person_id as person_id, min(l.logged_at) as logged_at, argMin(l.entry_id, (l.logged_at, l.entry_id)) as entry_id
    from upstander.contact_log l
    join upstander.allocations a on a.investigation_id = l.investigation_id and a.staff_id = l.staff_id
    where l.person_id != '' and l.investigation_id in (select investigation_id from unlinked)
      and l.at >= a.from_at and (a.to_at is null or l.at <= a.to_at)
    group by l.investigation_id, l.person_id
  ),
  tied_people as (
    select
      w.case_id as case_id, w.person_id as person_id, argMin(p.part, (abs(dateDiff('second', p.linked_at, u.opened_at)), p.part != 'victim', p.part)) as part,
      any(w.logged_at) as linked_at, concat('contact_log:', any(w.entry_id)) as record_id
    from written_up w
    join unlinked u on u.investigation_id = w.case_id
    join incident_people p on p.person_id = w.person_id
    where p.linked_at between u.opened_at - toIntervalDay({same_event_days:UInt32}) and u.opened_at + interval 1 day
    group by w.case_id, w.person_id
  ),
  spans as (
    select case_id, any(kind) as kind, any(type) as type, min(opened_at) as opened_at, min(closed_at) as closed_at
    from (
      select incident_id as case_id, 'incident' as kind, type, opened_at, closed_at from upstander.incidents
      union all
      select investigation_id, 'investigation', type, opened_at, closed_at from upstander.investigations
    )
    group by case_id
  ),
  people as (
    select * from incident_people union all select * from investigation_people union all select * from tied_people
  )
select
  p.case_id,
  p.person_id,
  s.kind as kind,
  s.type as type,
  p.part as part,
  -- Nobody is part of a case before it is opened.
  greatest(p.linked_at, s.opened_at) as linked_at,
  s.opened_at as opened_at,
  coalesce(s.closed_at, toDateTime('2106-01-01 00:00:00', 'UTC')) as closed_at,
  p.record_id as record_id
from people p
join spans s on s.case_id = p.case_id
-- The first link counts. Who is linked to a case twice at one moment is a victim in it where either link says so.
order by p.case_id, p.person_id, p.linked_at, p.part != 'victim', p.part, p.record_id
limit 1 by p.case_id, p.person_id
