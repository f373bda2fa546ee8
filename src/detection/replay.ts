import type { Lake } from '../lake/lake.ts'
import type { Band } from '../core/bands.ts'
import { readMatrix } from './matrix.ts'

/** A pair and a band, with the first day on which a nightly run would have reached it. */
export type ReplayRow = {
  readonly staff_id: string
  /** Empty for a concern about the member of staff alone; a bare number where nobody in the records has it. */
  readonly person_id: string
  readonly band: Band
  /** `YYYY-MM-DD` */
  readonly first_on: string
  /** Decibans on that day. */
  readonly points: number
}

/**
 * Reads from the scores what nightly runs between two days would have raised, each with only what was known by then.
 * One pass: the scores are already dated by the day their evidence became sufficient. Detect with `extraDays: [from]` first,
 * so that bands reached before `from` and still held count on `from`.
 */
export const readReplay = async (lake: Lake, from: string, to: string): Promise<ReplayRow[]> => {
  const matrix = readMatrix()
  return lake.rows<ReplayRow>(
    `select staff_id, person_id, band_name as band, toString(min(on_day)) as first_on, argMin(s.points, on_day) as points
     from upstander.scores s
     array join {names:Array(String)} as band_name, {floors:Array(Float64)} as floor
     where s.points >= floor and on_day >= {from:Date} and on_day <= {to:Date}
     group by staff_id, person_id, band_name, floor
     order by first_on, staff_id, person_id, floor`,
    { names: matrix.bands.map(each => each.band), floors: matrix.bands.map(each => each.points), from, to },
  )
}
