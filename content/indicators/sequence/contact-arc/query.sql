-- Four steps in order, each dated by the day its evidence sufficed: met on duty; off-duty contact or a burst; the force phone silent while
-- unexplained look-ups or stays go on; unexplained contact after the case closed. A finding at the third step, and another at the fourth.
with
  -- Only pairs with unexplained look-ups or stays on as many days as the third step asks for.
  candidates as (
    select staff_id, person_id
    from upstander.purposes
    where fact in ('look_up', 'stay') and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
    having uniqExact(toDate(at)) >= {min_sign_days:UInt32}
  ),
  active as (
    select staff_id, person_id, day, took_part, if(logged, 0, off_duty) as off_part
    from upstander.pair_days
    where took_part > 0 and (staff_id, person_id) in candidates
  ),
  paced as (
    select staff_id, person_id, day, sum(off_part) over fortnight as off_n, sum(took_part) over burst as burst_n, sum(took_part) over week as week_n,
      leadInFrame(day, 1, toDate('2106-01-01')) over following as next_day
    from active
    window
      fortnight as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between {off_duty_days:UInt32} - 1 preceding and current row),
      burst as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between {burst_days:UInt32} - 1 preceding and current row),
      week as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between {before_days:UInt32} - 1 preceding and current row),
      following as (partition by staff_id, person_id order by day rows between current row and unbounded following)
  ),
  -- The second step: the first day within reach on which either of its signs was there. (day, off duty, how many)
  begun as (
    select p.staff_id as staff_id, p.person_id as person_id, p.day as day, p.week_n as week_n, p.next_day as next_day, m.first_met_at as met_at, m.record_id as met_record,
      min(if((p.off_n >= {min_off_duty:UInt32} or p.burst_n >= {min_burst:UInt32}) and p.day >= toDate(m.first_met_at),
        (p.day, p.off_n >= {min_off_duty:UInt32}, if(p.off_n >= {min_off_duty:UInt32}, p.off_n, p.burst_n)), (toDate('2106-01-01'), false, toUInt64(0)))) over reach as second
    from paced p
    join upstander.meetings m on m.staff_id = p.staff_id and m.person_id = p.person_id
    window reach as (partition by p.staff_id, p.person_id order by toInt32(toUInt16(p.day)) range between {steps_days:UInt32} - 1 preceding and current row)
  ),
  in_use as (
    select staff_id, groupUniqArray(day) as days from upstander.pair_days where took_part > 0 and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id
  ),
  silences as (
    select s.staff_id as staff_id, s.person_id as person_id, s.day as silent_after, s.next_day as next_day, s.met_at as met_at, s.met_record as met_record, s.second as second
    from begun s
    join in_use u on u.staff_id = s.staff_id
    where s.second.1 <= s.day and s.week_n >= {min_before:UInt32} and s.next_day > s.day + {silent_days:UInt32}
      -- A bill that stopped is no silence: others were rung or written to on some days of it.
      and arrayCount(d -> d > s.day and d <= s.day + {silent_days:UInt32}, u.days) >= {min_days_in_use:UInt32}
  ),
  -- Somebody who lives nearby is near it for that reason.
  near_home as (
    select staff_id, person_id, groupArray((from_on, to_on)) as spans
    from upstander.credits where credit = 'lives-nearby' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
  ),
  visits as (
    select v.record_id as record_id, v.staff_id as staff_id, v.person_id as person_id
    from upstander.address_stays v
    left join near_home n on n.staff_id = v.staff_id and n.person_id = v.person_id
    where v.certainty = 'known' and v.ambiguity <= {max_ambiguity:UInt32} and v.address_kind = 'home' and (v.staff_id, v.person_id) in candidates
      and ((v.level = 'stay' and v.distance_m <= {stay_radius_m:Float64}) or (v.duty_state in ('off', 'absent') and v.duty_reason != 'training' and v.attribution != 'late_booking'))
      and not arrayExists(s -> toDate(v.start_at) >= s.1 and toDate(v.start_at) <= s.2, n.spans)
  ),
  -- What no record explains: (when, known on, what, record).
  events as (
    select staff_id, person_id, arraySort(groupArray((at, known_on, toString(fact), record_id))) as events
    from upstander.purposes
    where not explained and (staff_id, person_id) in candidates
      and (fact = 'look_up'
        or (fact = 'contact' and record_id in (select record_id from upstander.contacts where (staff_id, person_id) in candidates and (direction = 'out' or (kind = 'voice' and duration_s >= 30))))
        or (fact = 'stay' and (record_id, staff_id, person_id) in (select record_id, staff_id, person_id from visits)))
    group by staff_id, person_id
  ),
  -- The person's cases: (linked, closed, is an investigation, since when the member of staff had a part in it or 0).
  person_cases as (
    select k.staff_id as staff_id, k.person_id as person_id,
      groupArray((toUInt32(c.linked_at), toUInt32(c.closed_at), c.kind = 'investigation', if(s.case_id = '', 0, toUInt32(s.known_at)))) as cases
    from candidates k
    join upstander.case_people c on c.person_id = k.person_id
    left join (
      select staff_id, case_id, min(known_at) as known_at from upstander.reasons
      where case_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, case_id
    ) s on s.staff_id = k.staff_id and s.case_id = c.case_id
    group by k.staff_id, k.person_id
  ),
  contact_days as (
    select staff_id, person_id, groupArray((day, records)) as days from upstander.pair_days
    where took_part > 0 and (staff_id, person_id) in candidates group by staff_id, person_id
  ),
  thirds as (
    select s.staff_id as staff_id, s.person_id as person_id, s.silent_after as silent_after, s.met_at as met_at, s.met_record as met_record, s.second as second, e.events as events,
      arrayFilter(x -> x.3 != 'contact' and toDate(x.1) > s.silent_after and toDate(x.1) < s.next_day and toDate(x.1) <= s.silent_after + {going_on_days:UInt32}, e.events) as signs,
      arraySort(arrayMap(d -> arrayMin(arrayMap(x -> x.2, arrayFilter(x -> toDate(x.1) = d, signs))), arrayDistinct(arrayMap(x -> toDate(x.1), signs)))) as sign_days,
      greatest(s.silent_after + {silent_days:UInt32}, sign_days[{min_sign_days:UInt32}]) as third_on,
      arrayFilter(x -> x.2 <= third_on, signs) as third_signs
    from silences s
    join events e on e.staff_id = s.staff_id and e.person_id = s.person_id
    where length(sign_days) >= {min_sign_days:UInt32}
  ),
  fourths as (
    select t.staff_id as staff_id, t.person_id as person_id, t.silent_after as silent_after, t.met_at as met_at, t.met_record as met_record, t.second as second,
      t.third_on as third_on, t.third_signs as third_signs,
      arrayFilter(x -> x.3 != 'look_up' and toDate(x.1) > t.third_on and toDate(x.1) <= t.third_on + {steps_days:UInt32}
        and not arrayExists(c -> c.1 <= toUInt32(x.1) and c.3 and c.2 > toUInt32(x.1), p.cases)
        and arrayExists(c -> c.2 <= toUInt32(x.1) and c.4 > 0 and c.4 <= toUInt32(x.1), p.cases)
        and not arrayExists(c -> c.2 <= toUInt32(x.1) and c.4 > 0 and c.4 <= toUInt32(x.1) and toUInt32(x.1) <= c.2 + {closure_days:UInt32} * 86400, p.cases), t.events) as afters,
      length(afters) >= {min_after:UInt32} as whole,
      arraySort(arrayMap(x -> x.2, afters))[{min_after:UInt32}] as fourth_on,
      arrayFilter(x -> x.2 <= fourth_on, afters) as fourth_signs,
      arraySlice(arrayFlatten(arrayMap(d -> d.2, arraySort(arrayFilter(d -> d.1 <= t.second.1 and d.1 > t.second.1 - {off_duty_days:UInt32}, a.days)))), -8) as second_records
    from thirds t
    join contact_days a on a.staff_id = t.staff_id and a.person_id = t.person_id
    left join person_cases p on p.staff_id = t.staff_id and p.person_id = t.person_id
  ),
  told as (
    select *, toString(toDate(met_at)) as met, toString(second.1) as second_on, toString(silent_after) as silent,
      concat(toString(second.3), if(second.2, ' contacts off duty', concat(' contacts in ', toString({burst_days:UInt32}), ' days'))) as second_says,
      arrayCount(x -> x.3 = 'look_up', third_signs) as look_ups, length(third_signs) - look_ups as stays,
      arrayStringConcat(arrayFilter(w -> w != '', [
        multiIf(look_ups = 0, '', look_ups = 1, '1 look-up', concat(toString(look_ups), ' look-ups')),
        multiIf(stays = 0, '', stays = 1, '1 stay', concat(toString(stays), ' stays'))]), ' and ') as third_says,
      [(met, second_on, 'Met on duty'), (second_on, silent, second_says), (silent, toString(third_on), concat('Force phone silent, ', third_says))] as three,
      arrayConcat([met_record], second_records, arrayMap(x -> x.4, third_signs)) as three_records
    from fourths
  )
select staff_id, person_id, step.1 as found_on, step.2 as points, step.3 as count, met_at as first_at, step.4 as last_at,
  if(step.3 = 3, three_records, arrayConcat(three_records, arrayMap(x -> x.4, fourth_signs))) as evidence,
  map('met', met, 'second', second_says, 'second_on', second_on, 'silent', silent, 'third', third_says,
    'then', if(step.3 = 3, '', concat('; then ', toString(length(fourth_signs)), ' contacts or stays after the case closed')),
    'steps', toJSONString(if(step.3 = 3, three, arrayConcat(three, [(toString(toDate(fourth_signs[1].1)), toString(fourth_on), 'Contact after the case closed')])))) as detail
from told
array join arrayConcat(
  [(third_on, {three_points:Float64}, 3, third_signs[-1].1)],
  if(whole, [(fourth_on, {four_points:Float64}, 4, fourth_signs[-1].1)], [])) as step
