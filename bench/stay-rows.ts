import type { Lake } from '../src/lake/lake.ts'

/** The smallest number of fixes that gives every vehicle a whole leg. */
const vehicles = 600

/**
 * Fills the positions with a fix each 15 seconds of 600 vehicles in shifts of eight hours: 25 minutes of driving at 3 to
 * 16 m/s, 15 minutes of standing with ten metres of noise, over and over. The same rows every time.
 */
export const makeFixes = async (lake: Lake, rows: number): Promise<void> => {
  await lake.run(
    `insert into upstander.positions (unit_id, at, lat, lon, batch_id)
     with
       intDiv({rows:UInt64}, ${vehicles}) as each,
       intDiv(number, each) as vehicle,
       number % each as k,
       intDiv(k, 1920) as shift,
       k % 1920 as s,
       intDiv(s, 160) as leg,
       least(s % 160, 100) as moved,
       cityHash64(vehicle, shift, leg) as seed,
       seed % 628 / 100. as bearing,
       moved * 15. * (3 + intDiv(seed, 1000) % 14) as metres,
       (cityHash64(number) % 1000 / 1000. - 0.5) * 20 as north,
       (cityHash64(number, 1) % 1000 / 1000. - 0.5) * 20 as east
     select
       concat('V', leftPad(toString(vehicle), 4, '0')),
       toDateTime('2025-01-01 06:00:00', 'UTC') + shift * 86400 + s * 15,
       52 + vehicle % 30 * 0.01 + leg * 0.01 + (metres * cos(bearing) + north) / 111195,
       -1 + intDiv(vehicle, 30) * 0.02 + (metres * sin(bearing) + east) / 68000,
       1
     from numbers(each * ${vehicles})`,
    { rows },
  )
}

/** Writes unit, seconds since 1970, latitude and longitude of every fix to a CSV file without a header. */
export const writeFixes = (lake: Lake, file: string): Promise<void> =>
  lake.run(
    `insert into function file({file:String}, 'CSV', 'unit_id String, t Int64, lat Float64, lon Float64')
     select unit_id, toUnixTimestamp(at), lat, lon from upstander.positions`,
    { file },
  )

/**
 * The plain rule in the SQL that DuckDB, PostgreSQL and ClickHouse share: a fix is at rest when all fixes of the next eight
 * minutes fit a box of 120 m, and spans of rest that touch are one stay. It knows nothing of silences, creeping, noise or
 * the ignition; it is what a competent analyst writes first.
 */
export const plainRule = (table: string): string => `
  with ahead as (
    select unit_id, t, max(t) over w as until,
      (max(lat) over w - min(lat) over w) * 111195 as high,
      (max(lon) over w - min(lon) over w) * 68000 as wide
    from ${table}
    window w as (partition by unit_id order by t range between current row and 480 following)
  ),
  resting as (select unit_id, t, until from ahead where until - t >= 480 and high * high + wide * wide <= 14400),
  begun as (
    select unit_id, t, until,
      case when t <= max(until) over (partition by unit_id order by t rows between unbounded preceding and 1 preceding)
        then 0 else 1 end as begins
    from resting
  ),
  numbered as (
    select unit_id, t, until,
      sum(begins) over (partition by unit_id order by t rows between unbounded preceding and current row) as stay
    from begun
  )
  select unit_id, stay, min(t) as start_at, max(until) as end_at from numbered group by unit_id, stay`
