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
  spans as (
    select incident_id as case_id, 'incident' as kind, type, opened_at, closed_at from upstander.incidents
    union all
    select investigation_id, 'investigation', type, opened_at, closed_at from upstander.investigations
  )
select
  p.case_id,
  p.person_id,
  any(s.kind) as kind,
  any(s.type) as type,
  argMin(p.part, p.linked_at) as part,
  -- Nobody is part of a case before it is opened.
  greatest(min(p.linked_at), min(s.opened_at)) as linked_at,
  min(s.opened_at) as opened_at,
  coalesce(min(s.closed_at), toDateTime('2106-01-01 00:00:00', 'UTC')) as closed_at,
  argMin(p.record_id, p.linked_at) as record_id
from (select * from incident_people union all select * from investigation_people) p
join spans s on s.case_id = p.case_id
group by p.case_id, p.person_id
