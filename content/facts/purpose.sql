-- 1. A recorded reason between this member of staff and this person covers the event.
--    A part in a case or plan does not explain being at somebody's home off duty: only having been sent does.
--    Who had the case until it closed files it over the next duties: on duty their look-ups are theirs until it counts as closed.
with items as (
  select 'contact' as fact, record_id, staff_id, person_id, at, duty_state
  from upstander.contacts
  where person_id != '' and staff_id != '' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  union all
  select 'stay', record_id, staff_id, person_id, start_at, duty_state
  from upstander.address_stays
  where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  union all
  select 'look_up', record_id, staff_id, person_id, at, duty_state
  from upstander.lookups
  where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
),
-- The reasons of a pair lie together, the best first: an event takes the first that covers it, and no row is made for each of the rest.
reasons as (
  select staff_id, person_id, arraySort(groupArray((
    indexOf(['attendance', 'allocation', 'assignment', 'custody', 'stop', 'log_action', 'logged_contact'], kind),
    record_id, from_at, to_at, known_at, toString(kind),
    kind = 'logged_contact' and part = 'visit',
    kind = 'allocation' and (case_id, to_at) in (select case_id, closed_at from upstander.case_people where kind = 'investigation')))) as held
  from upstander.reasons
  where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  group by staff_id, person_id
),
answered as (
  select
    i.*,
    arrayFirst(r -> multiIf(
      r.6 = 'logged_contact',
        i.fact in ('contact', 'stay') and abs(dateDiff('second', r.3, i.at)) <= {settle_hours:UInt32} * 3600
          and (i.fact = 'contact' or r.7) and r.5 <= i.at + toIntervalHour(if(i.fact = 'contact', {log_hours:UInt32}, {settle_hours:UInt32})),
      r.6 = 'allocation',
        i.at >= r.3 - toIntervalHour({settle_hours:UInt32})
          and i.at <= r.4 + if(i.fact = 'look_up' and i.duty_state not in ('off', 'absent') and r.8,
            toIntervalSecond({closure_days:UInt32} * 86400), toIntervalSecond({handover_grace_hours:UInt32} * 3600))
          and r.5 <= i.at + toIntervalHour({settle_hours:UInt32}) and (i.fact != 'stay' or i.duty_state not in ('off', 'absent')),
      r.6 = 'assignment',
        i.at >= r.3 and i.at <= r.4 and (i.fact != 'stay' or i.duty_state not in ('off', 'absent')),
      i.at >= r.3 - toIntervalHour({settle_hours:UInt32})
        and i.at <= r.4 + toIntervalHour(if(i.fact = 'look_up' and i.duty_state not in ('off', 'absent'), {write_up_hours:UInt32}, {task_hours:UInt32}))
        and r.5 <= i.at + toIntervalHour({settle_hours:UInt32})
        and (i.fact != 'stay' or i.duty_state not in ('off', 'absent') or i.at <= r.4 + interval 1 hour)
    ), p.held) as reason
  from items i
  join reasons p on p.staff_id = i.staff_id and p.person_id = i.person_id
)
select
  fact, record_id, staff_id, person_id, at, true as explained, reason.6 as because, reason.2 as because_record,
  toDate(at + toIntervalHour(if(fact = 'contact', {log_hours:UInt32}, {settle_hours:UInt32}))) as known_on
from answered
where reason.1 > 0
;
-- 2. A stay where police presence is ordinary, under a patrol plan, or while sent to a log close by.
select
  'stay' as fact, s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as at, true as explained,
  p.because as because, p.because_record as because_record, toDate(s.start_at + toIntervalHour({settle_hours:UInt32})) as known_on
from (
  select record_id, staff_id, person_id, start_at
  from upstander.address_stays
  where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    and event not in (
      select event from upstander.purposes where fact = 'stay' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
) s
join (select * from upstander.place_reasons where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
  on p.record_id = s.record_id and p.staff_id = s.staff_id
;
-- 3. A stay that a record explains for somebody who lives within the stay's circle is explained for all who live about it: the member of
--    staff had a recorded reason to be at that spot, and the track cannot tell one door from the next. One further off explains nothing. A part in the case of one of a household
--    lasts for months and would hide visits to another: that is a credit (household-case), not an explanation.
with
  beside as (
    select record_id, staff_id, person_id, start_at, distance_m, event
    from upstander.address_stays
    where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  answered as (
    select record_id, staff_id, person_id, because, because_record, event from upstander.purposes
    where fact = 'stay' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  given as (
    select a.record_id as record_id, a.staff_id as staff_id, a.because as because, a.because_record as because_record, b.distance_m as distance_m
    from answered a
    join beside b on b.record_id = a.record_id and b.staff_id = a.staff_id and b.person_id = a.person_id
    where b.distance_m <= {stay_radius_m:Float64}
  )
select
  'stay' as fact, s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, any(s.start_at) as at, true as explained,
  'next_door' as because, min(g.because_record) as because_record, toDate(any(s.start_at) + toIntervalHour({settle_hours:UInt32})) as known_on
from (select * from beside where event not in (select event from answered)) s
join given g on g.record_id = s.record_id and g.staff_id = s.staff_id
-- Two at one address are equally far from where the vehicle stood.
where g.because != 'allocation' or g.distance_m != s.distance_m
group by s.record_id, s.staff_id, s.person_id
;
-- 4. A look-up on duty that quotes a case which really is this person's. Of somebody they had never had to do with, a live case is
--    enough; a research post may look back for a year, anybody for four weeks where no contact follows. Of somebody they had met it
--    must be their own case (sent to it, in the log or written up in the last four weeks, and never one that they handed over), a
--    live one for a desk that works other people's cases, or for a desk that works logs one that is open or of that day.
with
  left_over as (
    select * from upstander.lookups
    where at >= {from:DateTime} and case_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      and duty_state not in ('off', 'absent')
      and event not in (
        select event from upstander.purposes where fact = 'look_up' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
  ),
  -- An incident and the investigation that came from it are one case, whichever of the two is quoted.
  origins as (
    select investigation_id as case_id, incident_id as origin from upstander.investigations where incident_id != ''
  ),
  quoted as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.case_id as case_id, l.at as at, toString(l.post) as post,
      if(o.origin = '', l.case_id, o.origin) as origin, c.record_id as case_record, c.opened_at as opened_at, c.closed_at as closed_at
    from left_over l
    join upstander.case_people c on c.case_id = l.case_id and c.person_id = l.person_id
    left join origins o on o.case_id = l.case_id
    where c.linked_at <= l.at + toIntervalHour({settle_hours:UInt32})
      and l.at - toIntervalDay({research_days:UInt32}) <= c.closed_at
  ),
  own_parts as (
    select r.staff_id as staff_id, if(o.origin = '', r.case_id, o.origin) as origin, r.kind = 'allocation' as allocated, r.to_at as to_at, r.known_at as known_at
    from (
      select distinct staff_id, case_id, kind, to_at, known_at from upstander.reasons
      where case_id != '' and kind in ('allocation', 'attendance', 'log_action', 'logged_contact')
        and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) r
    left join origins o on o.case_id = r.case_id
  ),
  own_cases as (
    select staff_id, origin, groupArray((allocated, to_at, known_at)) as held from own_parts group by staff_id, origin
  ),
  answered as (
    select
      q.record_id as record_id, q.staff_id as staff_id, q.person_id as person_id, q.at as at, q.case_record as case_record,
      k.staff_id != '' and k.since <= q.at as met,
      k.staff_id != '' and k.since <= q.at + toIntervalHour({settle_hours:UInt32}) as in_touch_soon,
      q.at - toIntervalDay({closure_days:UInt32}) <= q.closed_at as live,
      -- A part given later says nothing yet.
      arrayFilter(h -> h.3 <= q.at + toIntervalHour({settle_hours:UInt32}), p.held) as parts,
      arrayExists(h -> h.1, parts) and arrayMax(h -> if(h.1, h.2, toDateTime(0)), parts) + toIntervalHour({handover_grace_hours:UInt32}) < q.at as handed_over,
      arrayMax(h -> if(h.1, toDateTime(0), h.2), parts) as last_at,
      multiIf(
        handed_over, '',
        met, if(live and if(has({log_desks:Array(String)}, q.post),
          q.opened_at + toIntervalHour({task_hours:UInt32}) >= q.at or (q.closed_at > q.at and q.case_id = q.origin),
          has({case_desks:Array(String)}, q.post) or last_at + toIntervalDay({own_part_days:UInt32}) >= q.at), 'quoted_reference', ''),
        live, 'quoted_reference',
        has({desk_posts:Array(String)}, q.post), 'desk',
        q.at - toIntervalDay({recent_case_days:UInt32}) <= q.closed_at and not in_touch_soon, 'recent_reference',
        '') as why
    from quoted q
    left join (select staff_id, person_id, since from upstander.known_people where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) k
      on k.staff_id = q.staff_id and k.person_id = q.person_id
    left join own_cases p on p.staff_id = q.staff_id and p.origin = q.origin
  )
select
  'look_up' as fact, record_id, staff_id, person_id, at, true as explained, why as because, case_record as because_record,
  toDate(at + toIntervalHour({settle_hours:UInt32})) as known_on
from answered
where why != ''
order by why, case_record
limit 1 by record_id, staff_id, person_id
;
-- 5. A desk looks up the caller: the person rang or wrote to a force line within the hour before.
select
  'look_up' as fact, l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, true as explained,
  'inbound_contact' as because, c.record_id as because_record, toDate(l.at + toIntervalHour({settle_hours:UInt32})) as known_on
from (
  select * from upstander.lookups
  where at >= {from:DateTime} and has({desk_posts:Array(String)}, toString(post)) and duty_state not in ('off', 'absent')
    and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    and event not in (
      select event from upstander.purposes where fact = 'look_up' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
) l
asof join (select person_id, at, record_id from upstander.contacts where person_id != '' and direction = 'in') c
  on c.person_id = l.person_id and l.at >= c.at
where l.at <= c.at + interval 1 hour
limit 1 by record_id, person_id
;
-- 6. A look-up of somebody in the team's own live work, or in the household of somebody in this member of staff's own live work.
with
  left_over as (
    select * from upstander.lookups
    where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      and event not in (
        select event from upstander.purposes where fact = 'look_up' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
  ),
  teams as (
    select staff_id, team, toDateTime(from_on, 'UTC') as from_at from upstander.postings
  ),
  seekers as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.via as via, l.case_id as case_id, l.at as at, l.duty_state as duty_state, l.post as post, t.team as team
    from left_over l
    asof left join teams t on t.staff_id = l.staff_id and l.at >= t.from_at
  ),
  colleagues as (
    select r.person_id as person_id, r.kind as kind, r.from_at as from_at, r.to_at as to_at, r.known_at as known_at, r.record_id as record_id, t.team as team
    from (select * from upstander.reasons where kind in ('attendance', 'allocation', 'assignment') and person_id in (select person_id from left_over)) r
    asof join teams t on t.staff_id = r.staff_id and r.from_at >= t.from_at
    where t.team != ''
  ),
  by_team as (
    select s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.at as happened_at, 'team_case' as why, c.record_id as why_record
    from seekers s
    join colleagues c on c.person_id = s.person_id and c.team = s.team
    where s.duty_state not in ('off', 'absent')
      and s.at >= c.from_at - toIntervalHour({settle_hours:UInt32}) and s.at <= c.to_at + toIntervalHour({task_hours:UInt32})
      and c.known_at <= s.at + toIntervalHour({settle_hours:UInt32})
  ),
  -- A member of staff's own work with those related to a person, gathered before any look-up is held against it.
  related as (
    select r.staff_id as staff_id, n.person_id as person_id, arraySort(groupArray((r.record_id, r.from_at, r.to_at, r.known_at, r.kind = 'attendance'))) as held
    from (
      select staff_id, person_id, kind, from_at, to_at, known_at, record_id from upstander.reasons
      where kind in ('attendance', 'allocation', 'assignment') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) r
    join (
      select person_id, related_person_id from upstander.person_relations
      union distinct
      select related_person_id, person_id from upstander.person_relations
    ) n on n.related_person_id = r.person_id
    group by r.staff_id, n.person_id
  ),
  by_household as (
    select s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.at as happened_at, 'household_case' as why,
      arrayFirst(
        h -> s.at >= h.2 - toIntervalHour({settle_hours:UInt32})
          and s.at <= h.3 + toIntervalHour(if(h.5 and s.duty_state not in ('off', 'absent'), {write_up_hours:UInt32}, {task_hours:UInt32}))
          and h.4 <= s.at + toIntervalHour({settle_hours:UInt32}),
        p.held).1 as why_record
    from left_over s
    join related p on p.staff_id = s.staff_id and p.person_id = s.person_id
    where why_record != ''
  )
select
  'look_up' as fact, record_id, staff_id, person_id, any(happened_at) as at, true as explained,
  min(why) as because, argMin(why_record, (why, why_record)) as because_record, toDate(any(happened_at) + toIntervalHour({settle_hours:UInt32})) as known_on
from (select * from by_household union all select * from by_team)
group by record_id, staff_id, person_id
;
-- 7. An access that opened an address, number, vehicle or case and is explained for one of the people there is explained for all.
select
  'look_up' as fact, l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, true as explained,
  'same_access' as because, e.because_record as because_record, toDate(l.at + toIntervalHour({settle_hours:UInt32})) as known_on
from (
  select * from upstander.lookups
  where via != 'person' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    and event not in (
      select event from upstander.purposes where fact = 'look_up' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
) l
join (
  select record_id, min(because_record) as because_record
  from upstander.purposes
  where fact = 'look_up' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  group by record_id
) e on e.record_id = l.record_id
limit 1 by record_id, staff_id, person_id
;
-- 8. What is left has no recorded purpose.
with
  answered as (
    select event from upstander.purposes where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  items as (
    select 'contact' as fact, record_id, staff_id, person_id, at, event
    from upstander.contacts
    where person_id != '' and staff_id != '' and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select 'stay', record_id, staff_id, person_id, start_at, event
    from upstander.address_stays
    where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select 'look_up', record_id, staff_id, person_id, at, event
    from upstander.lookups
    where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  )
select
  fact, record_id, staff_id, person_id, at, false as explained, '' as because, '' as because_record,
  toDate(at + toIntervalHour(if(fact = 'contact', {log_hours:UInt32}, {settle_hours:UInt32}))) as known_on
from items
-- Two who were crewed on one unit share a stay: what explains it for one does not for the other.
where event not in answered
limit 1 by fact, record_id, staff_id, person_id
