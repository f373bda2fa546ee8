-- Again and again a tracker fell silent, or a recording paused, around an unexplained visit or contact: more often than the fleet's do.
with
  -- The fleet's share, block by block, from the ninety days before.
  blocks as (
    select what, intDiv(toUInt32(known_on), 28) as block, groupUniqArray(staff_id) as staff, count() as n, countIf(lost) as k
    from upstander.watched_moments group by what, block
  ),
  norms as (
    select what, toDate((block + ahead) * 28) as from_on, sum(k) / sum(n) as share
    from blocks
    array join range(1, toUInt32(intDiv({norm_days:UInt32}, 28)) + 1) as ahead
    group by what, from_on
    having length(arrayDistinct(arrayFlatten(groupArray(staff)))) >= {norm_min_peers:UInt32}
  ),
  days as (
    select staff_id, person_id, what, known_on, count() as n, countIf(lost) as k, min(at) as first_at, max(at) as last_at,
      groupArraySortedIf(8)([record_id, lost_record], lost) as records
    from upstander.watched_moments
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, what, known_on
  ),
  windows as (
    select
      staff_id, person_id, what, known_on, sum(n) over w as watched, sum(k) over w as lost, min(first_at) over w as began, max(last_at) over w as ended,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records, k
    from days
    window w as (partition by staff_id, person_id, what order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  judged as (
    select w.*,
      least(0.99, greatest(if(n.what = '', if(w.what = 'tracker', {usual_tracker:Float64}, {usual_recording:Float64}), n.share), {usual_tracker:Float64} / 4)) as share,
      -- The chance of as many or more, had it been chance alone: the upper tail of the binomial.
      arraySum(
        i -> exp(lgamma(w.watched + 1) - lgamma(i + 1) - lgamma(w.watched - i + 1) + i * log(share) + (w.watched - i) * log(1 - share)),
        range(toUInt32(w.lost), toUInt32(w.watched) + 1)) as chance
    from windows w
    asof left join norms n on n.what = w.what and w.known_on >= n.from_on
    where w.k > 0 and w.lost >= {min_lost:UInt32}
  )
select
  staff_id, person_id, known_on as found_on, 8 as points, lost as count, began as first_at, ended as last_at, all_records as evidence,
  map('watched', toString(watched), 'usual', toString(greatest(1, round(share * 100))), 'what', if(what = 'tracker', 'a tracker', 'a recording')) as detail
from judged
where chance < {max_chance:Float64}
order by chance, what
limit 1 by staff_id, person_id, found_on
