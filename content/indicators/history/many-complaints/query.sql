with
  -- The whole force: a small table that every part of the staff is measured against.
  months as (
    select distinct arrayJoin([addMonths(toStartOfMonth(toDate(received_on)), 1)]) as on_day
    from upstander.complaints where received_on >= toDate32('1971-01-01')
  ),
  everybody as (select staff_id from upstander.staff),
  ordinary as (
    select staff_id, toDate(received_on) as day, complaint_id from upstander.complaints
    where has({ordinary:Array(String)}, toString(category)) and received_on >= toDate32('1971-01-01')
  ),
  -- What happened in a month counts on the first of each of the months that follow it.
  counts as (
    select addMonths(toStartOfMonth(day), arrayJoin(range(1, {window_months:UInt32} + 1))) as on_day, staff_id, uniqExact(complaint_id) as n, min(day) as first_on, max(day) as last_on,
      groupArraySorted(20)(concat('complaints:', complaint_id)) as records
    from ordinary group by on_day, staff_id
  ),
  met as (
    select addMonths(toStartOfMonth(toDate(first_met_at)), arrayJoin(range(1, {window_months:UInt32} + 1))) as on_day, staff_id, count() as people
    from upstander.meetings group by on_day, staff_id
  ),
  rated as (
    select g.on_day as on_day, g.staff_id as staff_id, c.n as n, 1 + x.people as exposure, c.first_on as first_on, c.last_on as last_on, c.records as records
    from (select m.on_day as on_day, e.staff_id as staff_id from months m cross join everybody e) g
    left join counts c on c.on_day = g.on_day and c.staff_id = g.staff_id
    left join met x on x.on_day = g.on_day and x.staff_id = g.staff_id
  ),
  -- Empirical Bayes by moments (Marshall 1991): the less somebody was exposed, the more their rate is drawn to the force's.
  force as (
    select on_day, sum(n) / sum(exposure) as mean, avg(exposure) as usual, sum(exposure * pow(n / exposure - mean_of, 2)) / sum(exposure) as spread,
      greatest(0, spread - mean / usual) as between
    from (select r.*, f.mean_of as mean_of from rated r join (select on_day, sum(n) / sum(exposure) as mean_of from rated group by on_day) f on f.on_day = r.on_day)
    group by on_day
  ),
  shrunk as (
    select r.*, f.mean + if(f.between > 0, f.between / (f.between + f.mean / r.exposure), 0) * (r.n / r.exposure - f.mean) as rate
    from rated r join force f on f.on_day = r.on_day
  ),
  bars as (select on_day, quantileExact(1 - {top_share:Float64})(rate) as bar, min(rate) as least from shrunk group by on_day)
select s.staff_id as staff_id, '' as person_id, s.on_day as found_on, 2 as points, s.n as count, toDateTime(s.first_on) as first_at, toDateTime(s.last_on) as last_at, s.records as evidence, map() as detail
from shrunk s
join bars b on b.on_day = s.on_day
where s.rate >= b.bar and s.rate > b.least and s.n >= {min_complaints:UInt32}
  -- Said once, in the month after the newest complaint came.
  and s.last_on >= addMonths(s.on_day, -1) and cityHash64(s.staff_id) % {shards:UInt32} = {shard:UInt32}
