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
    select addMonths(month, arrayJoin(range(1, {window_months:UInt32} + 1))) as on_day, staff_id, sum(met_in_month) as people
    from (select staff_id, toStartOfMonth(toDate(first_met_at)) as month, count() as met_in_month from upstander.meetings group by staff_id, month)
    group by on_day, staff_id
  ),
  rated as (
    select g.on_day as on_day, g.staff_id as staff_id, c.n as n, 1 + x.people as exposure, c.first_on as first_on, c.last_on as last_on, c.records as records
    from (select m.on_day as on_day, e.staff_id as staff_id from months m cross join everybody e) g
    left join counts c on c.on_day = g.on_day and c.staff_id = g.staff_id
    left join met x on x.on_day = g.on_day and x.staff_id = g.staff_id
  ),
  -- Empirical Bayes by moments (Marshall 1991): the less somebody was exposed, the more their rate is drawn to the force's.
  force as (
    select *, sum(n) over month / sum(exposure) over month as mean, avg(exposure) over month as usual
    from rated
    window month as (partition by on_day)
  ),
  spread as (
    select *, sum(exposure * pow(n / exposure - mean, 2)) over month / sum(exposure) over month as variance, greatest(0, variance - mean / usual) as between
    from force
    window month as (partition by on_day)
  ),
  shrunk as (
    select *, mean + if(between > 0, between / (between + mean / exposure), 0) * (n / exposure - mean) as rate from spread
  ),
  barred as (
    select *, quantileExact(1 - {top_share:Float64})(rate) over month as bar, min(rate) over month as least
    from shrunk
    window month as (partition by on_day)
  )
select staff_id, '' as person_id, on_day as found_on, 2 as points, n as count, toDateTime(first_on) as first_at, toDateTime(last_on) as last_at, records as evidence, map() as detail
from barred
where rate >= bar and rate > least and n >= {min_complaints:UInt32}
  -- Said once, in the month after the newest complaint came.
  and last_on >= addMonths(on_day, -1) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
