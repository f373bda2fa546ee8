-- The stretches of a unit's track in which it may have stood. What a stay is, is said in stay.sql.
--
-- Links. Two fixes that follow each other are linked when they can belong to one circle (at most two radii apart) and
--   * no more than gap_minutes lie between them, or
--   * the ignition was off at the first: the engine did not run in the silence. A receiver wakes late, so the first fix
--     after such a silence may be up to two radii away; it is read at the place where the unit was parked.
-- Any other silence is not presence. Where the unit is at the same place after it, the silence becomes a stretch of its own,
-- to be a stay with certainty not_known; where it is elsewhere, nothing: an outage is never read as a visit.
-- A lone fix more than a radius away from both its neighbours, which agree with each other within halt_minutes, is a
-- reflected signal and is left out.
--
-- Runs. Linked fixes make runs. A fix that is two radii away both from a fix up to half a halt later and from one up to
-- half a halt earlier lies in no halt at all, and cuts its run: that drops driving cheaply and loses nothing.
--
-- Fixes are read from two days before {from}.
with
  -- Metres to a degree of latitude on the mean sphere.
  111195.08 as metres,
  pow({stay_radius_m:Float64}, 2) as near,
  pow(2 * {stay_radius_m:Float64}, 2) as reach,
  {halt_minutes:Float64} * 60 as halt_s,
  {gap_minutes:Float64} * 60 as gap_s,
  v -> v * v as square,

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
      arrayFilter((f, k) -> k, fix, keep) as kept,
      kept.1 as t,
      kept.2 as raw_y,
      kept.3 as raw_x,
      kept.5 as o,
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
        kept.4
      ) as link,
      arrayMap((y, py, l) -> if(l = 3, py, y), raw_y, arrayShiftRight(raw_y, 1, 0.), link) as y,
      arrayMap((x, px, l) -> if(l = 3, px, x), raw_x, arrayShiftRight(raw_x, 1, 0.), link) as x,
      arrayZip(t, y, x, o) as linked_fix
    from stepped
  ),
  -- Runs of linked fixes, and runs of silences at one place.
  runs as (
    select
      unit_id,
      t[-1] as track_end,
      arrayJoin(
        arrayConcat(
          arrayMap(r -> (false, r), arrayFilter(r -> r[-1].1 - r[1].1 >= halt_s, arraySplit((f, l) -> l in (0, 2), linked_fix, link))),
          arrayMap(
            r -> (true, r),
            arrayFilter(
              r -> length(r) > 1,
              arraySplit(
                (f, l) -> l != 2,
                arrayFilter((f, l, nl) -> l = 2 or nl = 2, linked_fix, link, arrayShiftLeft(link, 1, 0)),
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
      -- Two radii away from the fix so many further on, half a halt later at most; so many back likewise.
      arrayMap(
        m -> arrayMap(
          (ta, tb, xa, xb, ya, yb) -> tb > ta and tb - ta <= halt_s / 2 and square(xb - xa) + square(yb - ya) > reach,
          t, arrayShiftLeft(t, m, 0), x, arrayShiftLeft(x, m, 0), y, arrayShiftLeft(y, m, 0)
        ),
        [2, 4, 12, 50]
      ) as leaves,
      arrayMap(
        (a, b, c, d, pa, pb, pc, pd) -> (a or b or c or d) and (pa or pb or pc or pd),
        leaves[1], leaves[2], leaves[3], leaves[4],
        arrayShiftRight(leaves[1], 2, 0), arrayShiftRight(leaves[2], 4, 0), arrayShiftRight(leaves[3], 12, 0), arrayShiftRight(leaves[4], 50, 0)
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
  )
select unit_id, silent, track_end, lat, lon, piece.1 as t, piece.2 as x, piece.3 as y, piece.4 as off
from pieces
settings
  -- Several parts, so that the next query reads them side by side.
  min_insert_block_size_rows = 4096,
  min_insert_block_size_bytes = 0,
  -- Units spread over threads, a few at a time.
  group_by_two_level_threshold = 1,
  group_by_two_level_threshold_bytes = 1,
  -- Working a branch out only where it is needed costs far more here than working it out for all.
  short_circuit_function_evaluation = 'disable'
