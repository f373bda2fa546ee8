-- A stay is a span of at least stay_minutes in which every fix lies within one circle of stay_radius_m; a halt is the
-- same with halt_minutes, looked for only where no stay is.
--
-- Links. Two fixes that follow each other are linked when they can belong to one circle (at most two radii apart) and
--   * no more than gap_minutes lie between them, or
--   * the ignition was off at the first: the engine did not run in the silence. A receiver wakes late, so the first fix
--     after such a silence may be up to two radii away; it is read at the place where the unit was parked.
-- Any other silence is not presence. Where the unit is at the same place after it, the silence becomes a row of its own
-- with certainty not_known; where it is elsewhere, nothing: an outage is never read as a visit.
-- A lone fix more than a radius away from both its neighbours, which agree with each other within halt_minutes, is a
-- reflected signal and is left out.
--
-- Runs. Linked fixes make runs. A fix that is two radii away both from a fix up to half a halt later and from one up to
-- half a halt earlier lies in no halt at all, and cuts its run: that drops driving cheaply and loses nothing.
--
-- Circles. `walk` takes each run from its start. A stay opens at the first fix from which every fix of the next
-- stay_minutes lies in one circle. The circle is then fixed: about their median where that holds a stay, so that the
-- approach does not draw it aside. The stay lasts from the first to the last fix that lies within it without a break
-- (one fix outside between two inside, within halt_minutes, is noise and does not count towards its size). A fixed
-- circle cannot creep along with a queue of traffic. What is left before is searched for halts, what is left after for
-- the next stay. Only the fixes up to the end of a stay, and the next few that leave it, decide it.
--
-- Certainty. Fixes whose usual interval is longer than sparse_seconds cannot tell standing from leaving and coming back:
-- those of a radio or body-worn camera only corroborate, and of anything else the stay is not known. Waits that begin with
-- the ignition off do not count towards that interval: a vehicle whose engine is off has not left.
--
-- The edge. Fixes are read from two days before {from}, and a stay is returned when it starts at or after {from}: one that
-- began before belongs to the earlier build. A unit that stands longer than two days keeps the end it had then.
with recursive
  -- Metres to a degree of latitude on the mean sphere.
  111195.08 as metres,
  pow({stay_radius_m:Float64}, 2) as near,
  pow(2 * {stay_radius_m:Float64}, 2) as reach,
  {stay_minutes:Float64} * 60 as stay_s,
  {halt_minutes:Float64} * 60 as halt_s,
  {gap_minutes:Float64} * 60 as gap_s,
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

  tracks as (
    select
      unit_id,
      arraySort(
        f -> f.1,
        arrayZip(
          groupArray(toUnixTimestamp(at)),
          groupArray(lat),
          groupArray(lon),
          groupArray(metres * cos(lat * pi() / 180)),
          groupArray(ifNull(not ignition, false))
        )
      ) as fix,
      fix.1 as all_t,
      fix.2 as all_y,
      fix.3 as all_x,
      fix.4 as all_m,
      fix.5 as all_o
    from upstander.positions
    where
      at >= toDateTime(greatest(toInt64(toUnixTimestamp({from:DateTime})) - 172800, 0))
      and cityHash64(unit_id) % {shards:UInt32} = {shard:UInt32}
    group by unit_id
  ),
  -- Squared metres from the fix before, and from the one before to the one after.
  stepped as (
    select
      *,
      arrayMap(
        (y, py, x, px, m) -> square((y - py) * metres) + square((x - px) * m),
        all_y, arrayShiftRight(all_y, 1, all_y[1]), all_x, arrayShiftRight(all_x, 1, all_x[1]), all_m
      ) as step,
      arrayMap(
        (s, ns, t, pt, nt, py, ny, px, nx, m) ->
          t != pt and not (
            s > near and ns > near and nt - pt <= halt_s
            and square((ny - py) * metres) + square((nx - px) * m) <= near
          ),
        step, arrayShiftLeft(step, 1, 0.),
        all_t, arrayShiftRight(all_t, 1, 0), arrayShiftLeft(all_t, 1, all_t[-1]),
        arrayShiftRight(all_y, 1, all_y[1]), arrayShiftLeft(all_y, 1, all_y[-1]),
        arrayShiftRight(all_x, 1, all_x[1]), arrayShiftLeft(all_x, 1, all_x[-1]), all_m
      ) as keep
    from tracks
  ),
  linked as (
    select
      unit_id,
      arrayFilter((v, k) -> k, all_t, keep) as t,
      arrayFilter((v, k) -> k, all_o, keep) as o,
      arrayFilter((v, k) -> k, all_y, keep) as raw_y,
      arrayFilter((v, k) -> k, all_x, keep) as raw_x,
      -- 1 linked, 2 silent but at the same place, 3 woke late where it was parked, 0 neither.
      arrayMap(
        (t, pt, po, y, py, x, px, m) ->
          multiIf(
            square((y - py) * metres) + square((x - px) * m) as d > reach, 0,
            t - pt <= gap_s, 1,
            po and d > near, 3,
            po, 1,
            d <= near, 2,
            0
          ),
        t, arrayShiftRight(t, 1, t[1]), arrayShiftRight(o, 1, false),
        raw_y, arrayShiftRight(raw_y, 1, raw_y[1]), raw_x, arrayShiftRight(raw_x, 1, raw_x[1]),
        arrayFilter((v, k) -> k, all_m, keep)
      ) as link,
      arrayMap((y, py, l) -> if(l = 3, py, y), raw_y, arrayShiftRight(raw_y, 1, 0.), link) as y,
      arrayMap((x, px, l) -> if(l = 3, px, x), raw_x, arrayShiftRight(raw_x, 1, 0.), link) as x,
      arrayZip(t, y, x, o) as fix
    from stepped
  ),
  -- Runs of linked fixes, and runs of silences at one place.
  runs as (
    select
      unit_id,
      t[-1] as track_end,
      arrayJoin(
        arrayConcat(
          arrayMap(r -> (false, r), arrayFilter(r -> r[-1].1 - r[1].1 >= halt_s, arraySplit((f, l) -> l in (0, 2), fix, link))),
          arrayMap(
            r -> (true, r),
            arrayFilter(
              r -> length(r) > 1,
              arraySplit(
                (f, l) -> l != 2,
                arrayFilter((f, l, nl) -> l = 2 or nl = 2, fix, link, arrayShiftLeft(link, 1, 0)),
                arrayFilter((l, nl) -> l = 2 or nl = 2, link, arrayShiftLeft(link, 1, 0))
              )
            )
          )
        )
      ) as run
    from linked
  ),
  -- Metres east and north of the first fix of the run.
  placed as (
    select
      unit_id,
      track_end,
      run.1 as silent,
      run.2 as fix,
      fix[1].2 as lat,
      fix[1].3 as lon,
      fix.1 as t,
      arrayMap(v -> toFloat32((v - lon) * metres * cos(lat * pi() / 180)), fix.3) as x,
      arrayMap(v -> toFloat32((v - lat) * metres), fix.2) as y,
      fix.4 as o,
      arrayMap(
        m -> arrayMap(
          (ta, tb, xa, xb, ya, yb) -> tb > ta and tb - ta <= halt_s / 2 and square(xb - xa) + square(yb - ya) > reach,
          t, arrayShiftLeft(t, m, 0), x, arrayShiftLeft(x, m, 0), y, arrayShiftLeft(y, m, 0)
        ),
        [3, 12, 50]
      ) as leaves,
      arrayMap(
        (a, b, c, pa, pb, pc) -> (a or b or c) and (pa or pb or pc),
        leaves[1], leaves[2], leaves[3],
        arrayShiftRight(leaves[1], 3, 0), arrayShiftRight(leaves[2], 12, 0), arrayShiftRight(leaves[3], 50, 0)
      ) as driving
    from runs
  ),
  pieces as (
    select
      unit_id,
      track_end,
      silent,
      lat,
      lon,
      arrayJoin(
        arrayFilter(
          r -> r[-1].1 - r[1].1 >= halt_s,
          arraySplit((f, d, pd) -> d or pd, arrayZip(t, x, y, o), driving, arrayShiftRight(driving, 1, 0))
        )
      ) as piece
    from placed
  ),
  -- Where a stay or a halt may open: anywhere in a piece whose bounding box fits the circle, which travels as one row.
  -- Otherwise each fix is a row that looks ahead; fixes denser than a 24th of a halt share one.
  looking as (
    select
      unit_id, track_end, silent, lat, lon,
      piece[1].1 as started,
      square(arrayMax(piece.2) - arrayMin(piece.2)) + square(arrayMax(piece.3) - arrayMin(piece.3)) <= reach as together,
      arrayMap(v -> intDiv(v - started, toUInt32(greatest(halt_s / 24, 1))), piece.1) as slot,
      arrayJoin(
        if(together, [piece], arraySplit((f, v, before) -> v != before, piece, slot, arrayShiftRight(slot, 1, 0)))
      ) as part,
      part[1].1 as t,
      part[1].2 as x,
      part[1].3 as y
    from pieces
  ),
  ahead as (
    select
      unit_id, track_end, silent, lat, lon, started, together, part, t,
      arrayConcat(groupArray(x) over to_stay, groupArray(1)(x) over past_stay) as stay_x,
      arrayConcat(groupArray(y) over to_stay, groupArray(1)(y) over past_stay) as stay_y,
      arrayConcat(groupArray(x) over to_halt, groupArray(1)(x) over past_halt) as halt_x,
      arrayConcat(groupArray(y) over to_halt, groupArray(1)(y) over past_halt) as halt_y
    from looking
    window
      to_stay as (
        partition by unit_id, silent, started order by t
        range between current row and toUInt32(stay_s) - 1 following
      ),
      past_stay as (
        partition by unit_id, silent, started order by t
        range between toUInt32(stay_s) following and unbounded following
      ),
      to_halt as (
        partition by unit_id, silent, started order by t
        range between current row and toUInt32(halt_s) - 1 following
      ),
      past_halt as (
        partition by unit_id, silent, started order by t
        range between toUInt32(halt_s) following and unbounded following
      )
  ),
  -- Size of the bounding box: it settles most openings, so that circles are drawn for the few in doubt.
  boxed as (
    select
      *,
      square(arrayMax(stay_x) - arrayMin(stay_x)) as stay_wide,
      square(arrayMax(stay_y) - arrayMin(stay_y)) as stay_high,
      square(arrayMax(halt_x) - arrayMin(halt_x)) as halt_wide,
      square(arrayMax(halt_y) - arrayMin(halt_y)) as halt_high,
      stay_wide + stay_high <= reach as stay_fits,
      halt_wide + halt_high <= reach as halt_fits,
      not stay_fits and greatest(stay_wide, stay_high) <= reach as stay_doubt,
      not halt_fits and greatest(halt_wide, halt_high) <= reach as halt_doubt,
      if(stay_doubt, stay_x, []) as stay_doubt_x,
      if(stay_doubt, stay_y, []) as stay_doubt_y,
      if(halt_doubt, halt_x, []) as halt_doubt_x,
      if(halt_doubt, halt_y, []) as halt_doubt_y
    from ahead
  ),
  centred as (
    select *, middles(stay_doubt_x, stay_doubt_y) as stay_middles, middles(halt_doubt_x, halt_doubt_y) as halt_middles
    from boxed
  ),
  circled as (
    select
      *,
      circle(stay_doubt_x, stay_doubt_y, stay_middles).1 as stay_round,
      circle(halt_doubt_x, halt_doubt_y, halt_middles).1 as halt_round
    from centred
  ),
  openings as (
    select
      unit_id,
      silent,
      started,
      any(track_end) as track_end,
      any(lat) as lat,
      any(lon) as lon,
      arraySort(
        f -> f.1,
        arrayZip(groupArrayArray(part.1), groupArrayArray(part.2), groupArrayArray(part.3), groupArrayArray(part.4))
      ) as piece,
      arraySort(groupArrayArray(multiIf(together, part.1, stay_fits or (stay_doubt and stay_round <= near), [t], []))) as stay_openings,
      arraySort(groupArrayArray(multiIf(together, part.1, halt_fits or (halt_doubt and halt_round <= near), [t], []))) as halt_openings
    from circled
    group by unit_id, silent, started
  ),
  -- One row a piece still to be searched from a moment on, or (found) a stay or halt.
  walk as (
    select
      unit_id, track_end, silent, lat, lon, piece, stay_openings, halt_openings,
      toUInt32(0) as after, true as for_stay, false as found, 0. as cx, 0. as cy
    from openings
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
            toInt32(indexOf(t, arrayFirst(v -> v >= after, moments))) as p
          from walk
          where not found
        ),
        -- The opening: from p to j, the first fix at least `want` later.
        opening as (
          select
            *,
            if(p = 0, 0, toInt32(arrayFirstIndex(v -> v >= t[p] + want, t))) as j,
            arraySlice(x, p, j - p + 1) as open_x,
            arraySlice(y, p, j - p + 1) as open_y
          from placed_at
        ),
        centred as (
          select
            *,
            middles(open_x, open_y) as open_middles,
            toFloat64(arrayReduce('medianExact', open_x)) as median_x,
            toFloat64(arrayReduce('medianExact', open_y)) as median_y
          from opening
        ),
        circles as (
          select *, circle(open_x, open_y, open_middles) as own, own.1 as own_far, own.2 as own_x, own.3 as own_y
          from centred
        ),
        outside as (
          select
            *,
            arrayMap((a, b) -> square(a - median_x) + square(b - median_y) > near, x, y) as far_median,
            arrayMap((a, b) -> square(a - own_x) + square(b - own_y) > near, x, y) as far_own
          from circles
        ),
        -- One fix outside between two inside is noise, not a departure.
        gone as (
          select
            *,
            arrayShiftLeft(t, 1, 0) as next_t,
            arrayShiftRight(t, 1, 0) as last_t,
            arrayMap(
              (v, before, then, bt, nt) -> v and (before or then or nt - bt > halt_s),
              far_median, arrayShiftRight(far_median, 1, 1), arrayShiftLeft(far_median, 1, 1), last_t, next_t
            ) as past_median,
            arrayMap(
              (v, before, then, bt, nt) -> v and (before or then or nt - bt > halt_s),
              far_own, arrayShiftRight(far_own, 1, 1), arrayShiftLeft(far_own, 1, 1), last_t, next_t
            ) as past_own
          from outside
        ),
        -- The unbroken stretch around j within the circle about the median, and around the opening within its own.
        stretches as (
          select
            *,
            toInt32(arrayLastIndex(v -> v, arraySlice(past_median, 1, j)) + 1) as median_first,
            toInt32(arrayFirstIndex(v -> v, arraySlice(past_median, j + 1))) as median_exit,
            if(median_exit = 0, n, j + median_exit - 1) as median_last,
            toInt32(arrayLastIndex(v -> v, arraySlice(past_own, 1, p)) + 1) as own_first,
            toInt32(arrayFirstIndex(v -> v, arraySlice(past_own, j + 1))) as own_exit,
            if(own_exit = 0, n, j + own_exit - 1) as own_last
          from gone
        ),
        chosen as (
          select
            *,
            median_first <= j and t[median_last] - t[median_first] >= want as settled,
            if(settled, median_first, least(own_first, p)) as first,
            if(settled, median_last, own_last) as last,
            if(settled, median_x, own_x) as cx,
            if(settled, median_y, own_y) as cy
          from stretches
        )
      select
        unit_id, track_end, silent, lat, lon, piece, stay_openings, halt_openings, cx, cy,
        -- First and last fix, moment to search from, for a stay rather than a halt, found.
        arrayJoin(
          arrayFilter(
            c -> c.2 >= c.1 and t[c.2] - t[c.1] >= halt_s,
            multiIf(
              j = 0, [(toInt32(1), if(for_stay, n, 0), toUInt32(0), false, false)],
              own_far > near, [(1, n, t[p] + 1, for_stay, false)],
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
    from walk
    where found
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
  -- Units spread over threads, a few at a time.
  group_by_two_level_threshold = 1,
  group_by_two_level_threshold_bytes = 1,
  -- Working a branch out only where it is needed costs far more here than working it out for all.
  short_circuit_function_evaluation = 'disable'
