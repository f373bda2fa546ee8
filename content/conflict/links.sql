-- Who is close to whom: line managers, colleagues, and what members of staff declared about members of the public.
-- Every row is kept for good in the casework store, so that a later change of these records takes nobody back in.
-- Parameter since: the day from which being posted or crewed together counts.
with
  until as (
    select staff_id, team, from_on, coalesce(to_on, toDate32('2299-12-31')) as to_on
    from upstander.postings where team != ''
    union all
    select staff_id, team, coalesce(joined_on, toDate32('1970-01-01')), coalesce(left_on, toDate32('2299-12-31'))
    from upstander.staff where team != '' and staff_id not in (select staff_id from upstander.postings)
  ),
  -- A turn over midnight counts for both days, so that two who overlap always share one.
  crewed as (
    select unit_id, staff_id, start_at, end_at, arrayJoin(arrayDistinct([toDate32(start_at), toDate32(end_at)])) as day
    from upstander.crewing where end_at >= {since:Date32}
  ),
  own_person as (
    select distinct s.staff_id as staff_id, n.person_id as person_id
    from (
      select staff_id, arrayJoin([personal_number, lower(personal_email)]) as number from upstander.staff
    ) s
    join upstander.person_numbers n on lower(n.number) = s.number
    where s.number != ''
  )
select one as staff_id, other as other_staff_id, person as person_id, link as kind, min(says) as source
from (
  select s.supervisor_id as one, s.staff_id as other, '' as person, 'supervises' as link, concat('staff:', s.staff_id) as says
  from upstander.staff s where s.supervisor_id not in ('', s.staff_id)

  union all
  select x.staff_id, y.staff_id, '', 'colleague', concat('postings:', x.team)
  from until x join until y on y.team = x.team
  where x.staff_id < y.staff_id and x.from_on <= y.to_on and y.from_on <= x.to_on and least(x.to_on, y.to_on) >= {since:Date32}

  union all
  select x.staff_id, y.staff_id, '', 'colleague', 'crewing'
  from crewed x join crewed y on y.unit_id = x.unit_id and y.day = x.day
  where x.staff_id < y.staff_id and x.start_at <= y.end_at and y.start_at <= x.end_at

  union all
  select staff_id, '', person_id, 'self', 'person_numbers' from own_person

  union all
  select staff_id, '', person_id, if(kind = 'new_partner', 'partner', 'associate'), concat('disclosures:', disclosure_id)
  from upstander.disclosures where person_id != '' and kind != 'approach_by_member_of_public'

  union all
  select o.staff_id, '', r.related_person_id,
    multiIf(r.kind in ('partner', 'ex_partner'), 'partner', r.kind = 'other', 'associate', 'family'), 'person_relations'
  from own_person o join upstander.person_relations r on r.person_id = o.person_id
  where r.related_person_id != ''

  union all
  select o.staff_id, '', r.person_id,
    multiIf(r.kind in ('partner', 'ex_partner'), 'partner', r.kind = 'other', 'associate', 'family'), 'person_relations'
  from own_person o join upstander.person_relations r on r.related_person_id = o.person_id
  where r.person_id != ''
)
group by one, other, person, link
order by one, other, person, link
