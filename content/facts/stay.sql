-- A stay is a span of at least stay_minutes in which every fix lies within one circle of stay_radius_m; a halt is the
-- same with halt_minutes, looked for only where no stay is. The stretches in which a unit may have stood come from rest.sql.
--
-- Circles. `walk` takes each stretch from its start. A stay opens at the first fix from which every fix of the next
-- stay_minutes lies in one circle. The circle is then fixed: about their median where that holds a stay, so that the
-- approach does not draw it aside. The stay lasts from the first to the last fix that lies within it without a break
-- (one fix outside between two inside, within halt_minutes, is noise and does not count towards its size). A fixed
-- circle cannot creep along with a queue of traffic. What is left before is searched for halts, what is left after for
-- the next stay. Only the fixes up to the end of a stay, and the next few that leave it, decide it.
-- Most stretches hold one stay or halt and no more: those are `plain` and need no walk.
--
-- Certainty. Fixes whose usual interval is longer than sparse_seconds cannot tell standing from leaving and coming back:
-- those of a radio or body-worn camera only corroborate, and of anything else the stay is not known. Waits that begin with
-- the ignition off do not count towards that interval: a vehicle whose engine is off has not left.
--
-- The edge. A stay is returned when it starts at or after {from}: one that began before belongs to the earlier build. A unit
-- that stands longer than two days keeps the end it had then.
with recursive
  -- Metres to a degree of latitude on the mean sphere.
  111195.08 as metres,
  pow({stay_radius_m:Float64}, 2) as near,
  pow(2 * {stay_radius_m:Float64}, 2) as reach,
  {stay_minutes:Float64} * 60 as stay_s,
  {halt_minutes:Float64} * 60 as halt_s,
  v -> v * v as square,
  (xs, ys, cx, cy) -> arrayMax(arrayMap((a, b) -> square(a - cx) + square(b - cy), xs, ys)) as farthest,
  -- Where the middle of a small circle round all the points may be: at their mean, the middle of their bounding box, or the
  -- middle of the box that stands on its corner. Then the smallest of those circles: square of its radius, and its middle.
  -- (Each is a column of its own before the next uses it: a lambda would work it out again for every point.)
  (xs, ys) -> [
    (toFloat64(arrayAvg(xs)), toFloat64(arrayAvg(ys))),
    ((arrayMin(xs) + arrayMax(xs)) / 2, (arrayMin(ys) + arrayMax(ys)) / 2),
    (
      (arrayMin((a, b) -> a + b, xs, ys) + arrayMax((a, b) -> a + b, xs, ys)
        + arrayMin((a, b) -> a - b, xs, ys) + arrayMax((a, b) -> a - b, xs, ys)) / 4,
      (arrayMin((a, b) -> a + b, xs, ys) + arrayMax((a, b) -> a + b, xs, ys)
        - arrayMin((a, b) -> a - b, xs, ys) - arrayMax((a, b) -> a - b, xs, ys)) / 4
    )
  ] as middles,
  (xs, ys, ms) -> arraySort(c -> c.1, arrayMap(m -> (farthest(xs, ys, m.1, m.2), m.1, m.2), ms))[1] as circle,

  -- Where all fixes fit a box that fits the circle, a stay or halt opens at the first.
  opened as (
    select
      unit_id, silent, track_end, lat, lon, t, x, y, off,
      square(arrayMax(x) - arrayMin(x)) + square(arrayMax(y) - arrayMin(y)) <= reach as together,
      t[-1] - t[1] >= stay_s as long_enough,
      if(long_enough, stay_s, halt_s) as want,
      toInt32(if(together, arrayFirstIndex(v -> v >= t[1] + want, t), 0)) as j,
      toFloat64(arrayReduce('medianExact', arraySlice(x, 1, j))) as cx,
      toFloat64(arrayReduce('medianExact', arraySlice(y, 1, j))) as cy
    from upstander.rests
    where cityHash64(unit_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- What lies in the circle about the opening's median is the whole of it where the rest is too short for another.
  stretches as (
    select
      *,
      toInt32(length(t)) as n,
      arrayMap((a, b) -> square(a - cx) + square(b - cy) > near, if(together, x, []), if(together, y, [])) as far,
      arrayMap(
        (v, before, then, bt, nt) -> v and (before or then or nt - bt > halt_s),
        far, arrayShiftRight(far, 1, 1), arrayShiftLeft(far, 1, 1),
        if(together, arrayShiftRight(t, 1, 0), []), if(together, arrayShiftLeft(t, 1, 0), [])
      ) as past,
      toInt32(arrayLastIndex(v -> v, arraySlice(past, 1, j)) + 1) as first,
      toInt32(arrayFirstIndex(v -> v, arraySlice(past, j + 1))) as exit,
      if(exit = 0, n, j + exit - 1) as last,
      together and first <= j and t[last] - t[first] >= want and t[greatest(first - 1, 1)] - t[1] < halt_s
        and (last = n or t[n] - t[last + 1] < halt_s) as plain
    from opened
  ),
  -- Elsewhere it may open where no fix looked at ahead is out of reach; the walk draws the circle.
  searched as (
    select
      unit_id, track_end, silent, lat, lon, arrayZip(t, x, y, off) as piece,
      if(together, [], t) as far_t,
      if(together, [], x) as far_x,
      if(together, [], y) as far_y,
      arrayMap(
        (want, ahead) -> arrayMap(
          m -> arrayMap(
            (ta, tb, tc, xa, xb, ya, yb) -> tb > ta and tc - ta < want and square(xb - xa) + square(yb - ya) > reach,
            far_t, arrayShiftLeft(far_t, m, 0), arrayShiftLeft(far_t, m - 1, 0), far_x, arrayShiftLeft(far_x, m, 0), far_y, arrayShiftLeft(far_y, m, 0)
          ),
          ahead
        ),
        [stay_s, halt_s],
        [[2, 8, 16, 32, 64, 256], [1, 2, 4, 8, 16, 64]]
      ) as leaves,
      arrayMap(
        (l, want) -> if(
          together,
          t,
          arrayFilter(
            (v, a, b, c, d, e, f) -> v + want <= t[-1] and not (a or b or c or d or e or f),
            far_t, l[1], l[2], l[3], l[4], l[5], l[6]
          )
        ),
        leaves,
        [stay_s, halt_s]
      ) as openings
    from stretches
    where not plain
  ),
  -- One row a piece still to be searched from a moment on, or (found) a stay or halt.
  walk as (
    select
      unit_id, track_end, silent, lat, lon, piece, openings[1] as stay_openings, openings[2] as halt_openings,
      toUInt32(0) as after, notEmpty(stay_openings) as for_stay, false as found, 0. as cx, 0. as cy
    from searched
    union all
    select
      unit_id,
      track_end,
      silent,
      lat,
      lon,
      arraySlice(piece, child.1, child.2 - child.1 + 1) as piece,
      if(child.5, [], stay_openings) as stay_openings,
      if(child.5, [], halt_openings) as halt_openings,
      child.3 as after,
      child.4 as for_stay,
      child.5 as found,
      cx,
      cy
    from (
      with
        placed_at as (
          select
            *,
            piece.1 as t,
            piece.2 as x,
            piece.3 as y,
            toInt32(length(piece)) as n,
            if(for_stay, stay_s, halt_s) as want,
            if(for_stay, stay_openings, halt_openings) as moments,
            toInt32(indexOf(t, arrayFirst(v -> v >= greatest(after, t[1]), moments))) as p
          from walk
          where not found
        ),
        -- The opening: from p to j, the first fix at least `want` later. A box that fits the circle settles most.
        opening as (
          select
            *,
            if(p = 0, 0, toInt32(arrayFirstIndex(v -> v >= t[p] + want, t))) as j,
            arraySlice(x, p, j - p + 1) as open_x,
            arraySlice(y, p, j - p + 1) as open_y,
            square(arrayMax(open_x) - arrayMin(open_x)) + square(arrayMax(open_y) - arrayMin(open_y)) <= reach as fits,
            toFloat64(arrayReduce('medianExact', open_x)) as median_x,
            toFloat64(arrayReduce('medianExact', open_y)) as median_y
          from placed_at
        ),
        -- The unbroken stretch around j within the circle about the median. One fix outside between two inside is noise, not a departure.
        about_median as (
          select
            *,
            arrayShiftLeft(t, 1, 0) as next_t,
            arrayShiftRight(t, 1, 0) as last_t,
            arrayMap((a, b) -> square(a - median_x) + square(b - median_y) > near, x, y) as far_median,
            arrayMap(
              (v, before, then, bt, nt) -> v and (before or then or nt - bt > halt_s),
              far_median, arrayShiftRight(far_median, 1, 1), arrayShiftLeft(far_median, 1, 1), last_t, next_t
            ) as past_median,
            toInt32(arrayLastIndex(v -> v, arraySlice(past_median, 1, j)) + 1) as median_first,
            toInt32(arrayFirstIndex(v -> v, arraySlice(past_median, j + 1))) as median_exit,
            if(median_exit = 0, n, j + median_exit - 1) as median_last,
            j > 0 and median_first <= j and t[median_last] - t[median_first] >= want as settled
          from opening
        ),
        -- The opening's own circle is drawn only where the box or the median leaves a doubt.
        doubted as (
          select
            *,
            j > 0 and not (fits and settled) as doubt,
            if(doubt, open_x, []) as doubt_x,
            if(doubt, open_y, []) as doubt_y
          from about_median
        ),
        centred as (select *, middles(doubt_x, doubt_y) as open_middles from doubted),
        circles as (
          select
            *,
            circle(doubt_x, doubt_y, open_middles) as own,
            own.2 as own_x,
            own.3 as own_y,
            doubt and own.1 > near as failed,
            if(doubt and not failed and not settled, x, []) as left_x,
            if(doubt and not failed and not settled, y, []) as left_y,
            -- Of an opening that fails, the next few are tried at once.
            if(failed, arraySlice(arrayFilter(v -> v > t[p] and v + want <= t[n], moments), 1, 24), []) as tries,
            arrayMap(v -> (indexOf(t, v), arrayFirstIndex(u -> u >= v + want, t)), tries) as spans,
            arrayMap(s -> arraySlice(x, s.1, s.2 - s.1 + 1), spans) as try_x,
            arrayMap(s -> arraySlice(y, s.1, s.2 - s.1 + 1), spans) as try_y
          from centred
        ),
        tried as (
          select *, arrayMap((a, b) -> middles(a, b), try_x, try_y) as try_middles
          from circles
        ),
        -- And the unbroken stretch around the opening within its own circle, where the median's holds no stay.
        about_own as (
          select
            *,
            toInt32(arrayFirstIndex((a, b, m) -> circle(a, b, m).1 <= near, try_x, try_y, try_middles)) as fitting,
            multiIf(fitting > 0, tries[fitting], notEmpty(tries), tries[-1] + 1, t[p] + 1) as next_after,
            arrayMap((a, b) -> square(a - own_x) + square(b - own_y) > near, left_x, left_y) as far_own,
            arrayMap(
              (v, before, then, bt, nt) -> v and (before or then or nt - bt > halt_s),
              far_own, arrayShiftRight(far_own, 1, 1), arrayShiftLeft(far_own, 1, 1),
              if(notEmpty(left_x), last_t, []), if(notEmpty(left_x), next_t, [])
            ) as past_own,
            toInt32(arrayLastIndex(v -> v, arraySlice(past_own, 1, p)) + 1) as own_first,
            toInt32(arrayFirstIndex(v -> v, arraySlice(past_own, j + 1))) as own_exit,
            if(own_exit = 0, n, j + own_exit - 1) as own_last
          from tried
        ),
        chosen as (
          select
            *,
            if(settled, median_first, least(own_first, p)) as first,
            if(settled, median_last, own_last) as last,
            if(settled, median_x, own_x) as cx,
            if(settled, median_y, own_y) as cy
          from about_own
        )
      select
        unit_id, track_end, silent, lat, lon, piece, stay_openings, halt_openings, cx, cy,
        -- First and last fix, moment to search from, for a stay rather than a halt, found.
        arrayJoin(
          arrayFilter(
            c -> c.2 >= c.1 and t[c.2] - t[c.1] >= halt_s,
            multiIf(
              j = 0, [(toInt32(1), if(for_stay, n, 0), toUInt32(0), false, false)],
              failed, [(1, n, next_after, for_stay, false)],
              [
                (first, last, 0, for_stay, true),
                (1, if(for_stay, first - 1, 0), 0, false, false),
                (last + 1, n, t[last + 1], for_stay, false)
              ]
            )
          )
        ) as child
      from chosen
    )
  ),
  found_stays as (
    select
      unit_id, track_end, silent, for_stay, lat, lon, cx, cy,
      piece.1 as t,
      piece.2 as x,
      piece.3 as y,
      toFloat64(arrayReduce('medianExact', x)) as mid_x,
      toFloat64(arrayReduce('medianExact', y)) as mid_y,
      farthest(x, y, mid_x, mid_y) as far_mid,
      arrayMax(arrayMap((a, b) -> if(square(a - cx) + square(b - cy) as d <= near, d, 0), x, y)) as far_circle,
      far_mid <= near as central,
      -- Seconds between fixes, but for silences with the ignition off: those are accounted for.
      arrayFilter(
        (s, off) -> not off,
        arrayPopFront(arrayMap((v, before) -> v - before, t, arrayShiftRight(t, 1, 0))),
        arrayPopBack(piece.4)
      ) as waits,
      notEmpty(waits) and arrayReduce('medianExact', waits) > {sparse_seconds:UInt32} as sparse
    from (
      select unit_id, track_end, silent, for_stay, lat, lon, cx, cy, piece from walk where found
      union all
      select unit_id, track_end, silent, long_enough, lat, lon, cx, cy, arraySlice(arrayZip(t, x, y, off), first, last - first + 1) from stretches where plain
    )
  )
select
  unit_id,
  units.kind as unit_kind,
  toDateTime(t[1]) as start_at,
  toDateTime(t[-1]) as end_at,
  lat + if(central, mid_y, cy) / metres as lat,
  lon + if(central, mid_x, cx) / metres / cos(found_stays.lat * pi() / 180) as lon,
  toFloat32(sqrt(if(central, far_mid, far_circle))) as radius_m,
  toUInt32(length(t)) as fixes,
  if(for_stay, 'stay', 'halt') as level,
  multiIf(silent, 'not_known', not sparse, 'known', unit_kind in ('radio', 'body_worn'), 'corroborates', 'not_known') as certainty,
  t[-1] = track_end as open_ended
from found_stays
left join (select unit_id, kind from upstander.units) as units on units.unit_id = found_stays.unit_id
where t[1] >= toUnixTimestamp({from:DateTime})
settings
  max_recursive_cte_evaluation_depth = 100000,
  -- Few rows, each with much to do: read side by side.
  merge_tree_min_rows_for_concurrent_read = 1,
  merge_tree_min_bytes_for_concurrent_read = 1,
  -- The walk is planned anew at every step: merging its expressions would cost more than running them.
  query_plan_enable_optimizations = 0,
  -- Working a branch out only where it is needed costs far more here than working it out for all.
  short_circuit_function_evaluation = 'disable'
