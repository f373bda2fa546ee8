with
  vulnerable as (
    select person_id, min(from_on) as from_on from upstander.person_flags group by person_id
  ),
  -- Everybody's: others of the post are the measure.
  all_signs as (
    select staff_id, person_id, family, found_on, evidence from upstander.findings_next
    where has({signs:Array(String)}, toString(indicator)) and points >= {min_points:Float64} and person_id != '' and not startsWith(person_id, '+')
  ),
  -- Whom fewer signs point at at any time than are asked for, nothing more is asked of.
  several as (
    select staff_id from all_signs where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id having uniqExact(person_id) >= {min_people:UInt32}
  ),
  roles as (
    select staff_id, person_id, family, from_on, to_on from upstander.credits
    where role and (staff_id, person_id, family) in (select staff_id, person_id, family from all_signs)
  ),
  -- A recorded role that speaks for the pair speaks for it here too.
  excused as (
    select distinct s.staff_id as staff_id, s.person_id as person_id, s.family as family, s.found_on as found_on
    from all_signs s
    join roles r on r.staff_id = s.staff_id and r.person_id = s.person_id and r.family = s.family
    where r.from_on <= s.found_on and r.to_on >= s.found_on
  ),
  signs as (
    select distinct staff_id, person_id, found_on from all_signs
    where (staff_id, person_id, family, found_on) not in (select staff_id, person_id, family, found_on from excused)
  ),
  -- Evidence is long and only its first record counts: it is read for them alone, and once.
  first_records as (
    select staff_id, person_id, found_on, arrayMin(arrayFlatten(groupArray(evidence))) as first_record
    from all_signs
    where staff_id in several
      and (staff_id, person_id, family, found_on) not in (select staff_id, person_id, family, found_on from excused)
    group by staff_id, person_id, found_on
  ),
  moments as (select distinct staff_id, found_on from signs where staff_id in several),
  pointed_at as (
    select m.staff_id as staff_id, m.found_on as found_on, s.person_id as person_id, minIf(s.first_record, s.first_record != '') as first_record, min(s.found_on) as first_on
    from moments m
    join first_records s on s.staff_id = m.staff_id
    where s.found_on <= m.found_on and s.found_on > m.found_on - 90
    group by m.staff_id, m.found_on, s.person_id
  ),
  -- One stay beside several homes, or one look at a case of several people, points at one of them and not at many: they count once.
  people as (
    select p.staff_id as staff_id, p.found_on as found_on, uniqExact(p.first_record) as n, uniqExact(p.person_id) as named,
      uniqExactIf(p.first_record, v.person_id != '' and v.from_on <= p.found_on) as k, groupArraySorted(20)(distinct concat('people:', p.person_id)) as evidence, min(p.first_on) as began
    from pointed_at p
    left join vulnerable v on v.person_id = p.person_id
    group by p.staff_id, p.found_on
    having n >= {min_people:UInt32}
  ),
  posted as (
    select p.*, toString(t.post) as post
    from people p
    asof left join (select staff_id, post, toDate(from_on) as since from upstander.postings) t on t.staff_id = p.staff_id and p.found_on >= t.since
  ),
  -- Whom each post meets, month by month, from the months before.
  met as (
    select toString(t.post) as post, toStartOfMonth(m.first_met_at) as month, count() as met, countIf(v.person_id != '' and v.from_on <= toDate(m.first_met_at)) as met_vulnerable
    from upstander.meetings m
    asof left join (select staff_id, post, toDateTime(from_on, 'UTC') as since from upstander.postings) t on t.staff_id = m.staff_id and m.first_met_at >= t.since
    left join vulnerable v on v.person_id = m.person_id
    group by post, month
  ),
  mix as (
    select post, addMonths(month, 1) as from_on, sum(met) over w as met, sum(met_vulnerable) over w as met_vulnerable
    from met window w as (partition by post order by month rows between unbounded preceding and current row)
  ),
  compared as (
    select p.*, x.met as met, x.met_vulnerable as met_vulnerable,
      x.met_vulnerable + 0.2 * {prior_met:Float64} as raw_a, x.met - x.met_vulnerable + 0.8 * {prior_met:Float64} as raw_b,
      least(1, 60 / (raw_a + raw_b)) as thin, raw_a * thin as a, raw_b * thin as b
    from posted p
    asof left join mix x on x.post = p.post and p.found_on >= x.from_on
  ),
  -- Upper tail of the beta-binomial distribution.
  judged as (
    select *,
      arraySum(arrayMap(j -> exp(
        lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) + lgamma(j + a) + lgamma(n - j + b) - lgamma(n + a + b)
        + lgamma(a + b) - lgamma(a) - lgamma(b)), range(toUInt64(k), toUInt64(n + 1)))) as chance
    from compared
  ),
  unlikely as (select * from judged where chance < {max_chance:Float64}),
  -- As many people as this may be ordinary for the post: then it is the way the work is written up, and not the member of staff.
  peers as (
    select d.found_on as found_on, d.post as post, t.staff_id as staff_id
    from (select distinct found_on, post from unlikely) d
    join (select staff_id, toString(post) as post, from_on, to_on from upstander.postings) t on t.post = d.post
    where toDate(t.from_on) <= d.found_on and (t.to_on is null or toDate(t.to_on) >= d.found_on)
    group by d.found_on, d.post, t.staff_id
  ),
  patterned as (
    select p.found_on as found_on, p.post as post, p.staff_id as staff_id, d.pattern as pattern
    from peers p
    asof left join upstander.duty_patterns d on d.staff_id = p.staff_id and p.found_on >= d.from_on
  ),
  -- A sign points at a person for ninety days: one person more where the first of a row of signs begins, one fewer after the last.
  spans as (
    select staff_id, arraySort(groupArray(found_on)) as days, arrayEnumerate(days) as places,
      arrayFilter((day, at) -> at = 1 or day > days[at - 1] + 90, days, places) as starts,
      arrayFilter((day, at) -> at = length(days) or days[at + 1] > day + 90, days, places) as ends
    from signs group by staff_id, person_id
  ),
  changes as (
    select staff_id, change.1 as on_day, sum(change.2) as more
    from spans array join arrayConcat(arrayMap(day -> (day, 1), starts), arrayMap(day -> (day + 90, -1), ends)) as change
    group by staff_id, on_day
  ),
  standing as (
    select staff_id, on_day, sum(more) over (partition by staff_id order by on_day rows between unbounded preceding and current row) as named from changes
  ),
  others as (
    select p.found_on as found_on, p.post as post, p.staff_id as staff_id, p.pattern as pattern, toUInt64(s.named) as named
    from patterned p
    asof left join standing s on s.staff_id = p.staff_id and p.found_on >= s.on_day
  ),
  measured as (
    select u.staff_id as staff_id, u.found_on as found_on, any(u.n) as n, any(u.named) as named, any(u.k) as k, any(u.evidence) as evidence, any(u.began) as began,
      any(u.raw_a) as raw_a, any(u.raw_b) as raw_b, anyIf(o.pattern, o.staff_id = u.staff_id) as own,
      groupArrayIf((o.pattern, o.named), o.staff_id != u.staff_id) as of_post, arrayFilter(one -> one.1 = own, of_post) as of_pattern,
      arrayMap(one -> one.2, if(length(of_pattern) >= {norm_min_peers:UInt32}, of_pattern, of_post)) as counts,
      if(length(counts) >= {norm_min_peers:UInt32}, arrayReduce('quantileExact(0.99)', counts), 0) as most
    from unlikely u
    left join others o on o.found_on = u.found_on and o.post = u.post
    group by u.staff_id, u.found_on
  )
select staff_id, '' as person_id, found_on, 10 as points, n as count, toDateTime(began) as first_at, toDateTime(found_on) as last_at, evidence,
  map('vulnerable', toString(k), 'share', toString(round(100 * raw_a / (raw_a + raw_b)))) as detail
from measured
where named > most
