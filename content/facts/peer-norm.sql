-- What is ordinary for a post and duty pattern, from the blocks of 14 or 28 days that lie wholly in the ninety days before.
with
  pair_counts as (
    select staff_id, party_id, argMax(post, day) as post, 'pair_contacts_14d' as metric, 14 as length, intDiv(toUInt32(day), 14) as block, toFloat64(sum(contacts)) as n
    from upstander.pair_days group by staff_id, party_id, block
    union all
    select staff_id, party_id, argMax(post, day), 'pair_contacts_28d', 28, intDiv(toUInt32(day), 28) as block, toFloat64(sum(contacts))
    from upstander.pair_days group by staff_id, party_id, block
    union all
    -- The longest call with one person, by its logarithm: lengths are skewed, and a spread of plain seconds would say little.
    select staff_id, party_id, argMax(post, day), 'pair_longest_call_28d', 28, intDiv(toUInt32(day), 28) as block, log(max(longest_call_s))
    from upstander.pair_days where person_id != '' and longest_call_s >= 30 group by staff_id, party_id, block
    union all
    select staff_id, person_id, argMax(post, start_at), 'pair_stays_28d', 28, intDiv(toUInt32(toDate(start_at)), 28) as block, toFloat64(count())
    from upstander.address_stays where level = 'stay' and certainty = 'known' and distance_m <= {stay_radius_m:Float64} group by staff_id, person_id, block
    union all
    select staff_id, person_id, argMax(post, start_at), 'pair_hours_28d', 28, intDiv(toUInt32(toDate(start_at)), 28) as block, toFloat64(sum(minutes) / 60)
    from upstander.address_stays where level = 'stay' and certainty = 'known' and distance_m <= {stay_radius_m:Float64} group by staff_id, person_id, block
    union all
    select staff_id, concat(toString(toInt32(floor(lat / 0.001))), ' ', toString(toInt32(floor(lon / 0.0016)))) as place, argMax(post, start_at), 'place_stays_28d', 28, intDiv(toUInt32(known_on), 28) as block, toFloat64(count())
    from upstander.untasked_stays group by staff_id, place, block
    union all
    -- Vulnerable people whose records were opened with no part in their cases: one figure a member of staff, not a pair.
    select l.staff_id, '', l.post, 'outside_vulnerable_28d', 28, intDiv(toUInt32(toDate(l.at)), 28) as block, toFloat64(uniqExact(l.person_id))
    from (
      select staff_id, person_id, at, toString(post) as post from upstander.lookups
      where person_id in (select person_id from upstander.person_flags where flag != 'repeat_victim')
        and event in (select event from upstander.purposes where fact = 'look_up' and because in ('', 'quoted_reference', 'recent_reference', 'desk')
          and person_id in (select person_id from upstander.person_flags where flag != 'repeat_victim'))
    ) l
    join (select person_id, min(from_on) as from_on from upstander.person_flags where flag != 'repeat_victim' group by person_id) v on v.person_id = l.person_id
    where v.from_on <= toDate32(l.at)
    group by l.staff_id, l.post, block
    -- The records begin inside a block: what they hold of it is no norm.
    having block * 28 >= (select toUInt32(toDate(min(at))) from upstander.lookups)
    union all
    -- People they had met and looked up for no recorded purpose; none where they looked up others only. One figure a member of staff.
    select staff_id, '', post, 'unexplained_people_28d', 28, block, toFloat64(uniqExactIf(person_id, person_id != ''))
    from (
      select staff_id, toString(post) as post, '' as person_id, intDiv(toUInt32(toDate(at)), 28) as block from upstander.lookups group by staff_id, post, block
      union all
      select u.staff_id, toString(l.post), u.person_id, intDiv(toUInt32(u.known_on), 28)
      from (select record_id, person_id, post from upstander.lookups) l
      join (select record_id, staff_id, person_id, known_on from upstander.unexplained_events where fact = 'look_up' and known_since <= at) u on l.record_id = u.record_id and l.person_id = u.person_id
    )
    group by staff_id, post, block
    having block * 28 >= (select toUInt32(toDate(min(at))) from upstander.lookups)
  ),
  patterned as (
    select c.staff_id as staff_id, c.metric as metric, c.length as length, c.block as block, c.n as n, c.post as post, if(p.pattern = '', 'any', p.pattern) as pattern
    from (select *, toDate(block * length) as block_on from pair_counts) c
    asof left join upstander.duty_patterns p on p.staff_id = c.staff_id and c.block_on >= p.from_on
  ),
  samples as (
    select metric, post, arrayJoin(if(pattern = 'any', ['any'], [pattern, 'any'])) as pattern, toDate((block + ahead) * length) as from_on, staff_id, n
    from patterned
    array join range(1, toUInt32(intDiv({norm_days:UInt32}, length)) + 1) as ahead
    where post != ''
  ),
  measured as (
    select
      metric, post, pattern, from_on, uniqExact(staff_id) as peers,
      quantileExact(0.5)(n) as centre, quantileExact(0.99)(n) as p99, groupArray(n) as ns
    from samples
    group by metric, post, pattern, from_on
    having peers >= {norm_min_peers:UInt32}
  )
select
  metric, post, pattern, from_on, toUInt32(peers) as peers, toFloat64(centre) as centre,
  greatest(if(metric = 'pair_longest_call_28d', 0.5, 1), 1.4826 * arrayReduce('quantileExact(0.5)', arrayMap(n -> abs(toFloat64(n) - toFloat64(centre)), ns))) as spread,
  toFloat64(p99) as p99
from measured
union all
-- The written default for the weeks and posts that have too few peers (evidence (a): contacts a pair in 30 days, median 3, 99th 45).
select 'pair_contacts_14d', '', 'any', toDate('1970-01-01'), 0, 1.5, 4, 21
union all
select 'pair_contacts_28d', '', 'any', toDate('1970-01-01'), 0, 3, 4, 45
union all
select 'pair_stays_28d', '', 'any', toDate('1970-01-01'), 0, 0, 1, 3
union all
-- One attendance lasts 35 minutes in the middle, a domestic abuse one 70 (evidence (a)).
select 'pair_hours_28d', '', 'any', toDate('1970-01-01'), 0, 0.7, 1, 6
union all
-- Three or more untasked stays at one dwelling in a month are 3 to 8 in a hundred staff-months outside response (evidence (a)).
select 'place_stays_28d', '', 'any', toDate('1970-01-01'), 0, 1, 1, 4
union all
-- Eighteen views a shift, one in twenty with nothing to show, one person in five vulnerable (evidence (a)), twenty shifts.
select 'outside_vulnerable_28d', '', 'any', toDate('1970-01-01'), 0, 4, 3, 20
union all
-- Four minutes in the middle, e to the power 5.48 seconds; the log spread is that of the time on scene (evidence (a)). No source found: judgement.
select 'pair_longest_call_28d', '', 'any', toDate('1970-01-01'), 0, 5.48, 0.8, 7.34
union all
-- Over 94 % of look-ups are explained (evidence 2.3): an ordinary member of a post looks up nobody they have met without a purpose.
select 'unexplained_people_28d', '', 'any', toDate('1970-01-01'), 0, 0, 1, 2
