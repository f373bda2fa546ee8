import { addDays } from '../core/clock.ts'
import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import { createFindingTables } from './finding-tables.ts'
import { readMatrix } from './matrix.ts'
import { scorePairs } from './score-pairs.ts'

/** A pattern is rising where the score is this many points higher than `risingDays` earlier: three decibans double the odds. */
export const risingPoints = 3

/** Days between the two scores that are compared. */
export const risingDays = 28

/** What exceptions set aside for one pair under one exception, and what the pair would score without any exception. */
export type ExceptedPair = {
  readonly exception: string
  readonly staffId: string
  readonly personId: string
  readonly findings: number
  /** Of these, dated within the last `risingDays` of the records. */
  readonly lately: number
  /** Days of the first and the last finding, `YYYY-MM-DD`. */
  readonly firstOn: string
  readonly lastOn: string
  /** Points on the last day of the records and `risingDays` before, without exceptions. */
  readonly pointsNow: number
  readonly pointsBefore: number
  /** Would be at watch or above, and at least `risingPoints` above its score `risingDays` earlier. */
  readonly rising: boolean
}

/**
 * Scores the staff of whom an exception set findings aside once more, as if there were no exception. Fills
 * `upstander.unexcepted_scores`; what counts stays as it is.
 */
export const scoreUnexcepted = async (lake: Lake, lastDay: string, shards: number): Promise<void> => {
  await createFindingTables(lake, ['unexcepted_findings'])
  const [excepted] = await lake.rows<{ findings: number }>(
    'select count() as findings from upstander.excepted_findings',
  )
  if ((excepted?.findings ?? 0) === 0) return
  const columns =
    'indicator, version, edition, family, unit, staff_id, person_id, found_on, points, count, first_at, last_at, evidence, detail, resolved_on'
  await lake.run(
    `insert into upstander.unexcepted_findings
     select ${columns} from upstander.excepted_findings
     union all
     select ${columns} from upstander.findings
     where staff_id in (select staff_id from upstander.excepted_findings)
       or unit = 'person'`,
  )
  const extraDays = lastDay === '' ? [] : [addDays(lastDay, -risingDays), lastDay]
  await scorePairs(lake, { extraDays, shards, instead: 'unexcepted' })
}

/** Every pair of which an exception sets findings aside, the strongest first. Empty where detection has not run. */
export const readExcepted = async (lake: Lake, lastDay: string): Promise<ExceptedPair[]> => {
  if (lastDay === '') return []
  const built = await builtTables(lake)
  if (!built.has('excepted_findings') || !built.has('unexcepted_scores')) return []
  const rows = await lake.kept<Omit<ExceptedPair, 'rising'>>(
    `select e.exception as exception, e.staff_id as staffId, e.person_id as personId, e.findings as findings, e.lately as lately,
       toString(e.first_on) as firstOn, toString(e.last_on) as lastOn, s.now as pointsNow, s.before as pointsBefore
     from (
       select exception, staff_id, person_id, count() as findings, countIf(found_on > {before:Date}) as lately, min(found_on) as first_on, max(found_on) as last_on
       from upstander.excepted_findings group by exception, staff_id, person_id
     ) e
     left join (
       select staff_id, person_id, maxIf(points, on_day = {last:Date}) as now, maxIf(points, on_day = {before:Date}) as before
       from upstander.unexcepted_scores group by staff_id, person_id
     ) s on s.staff_id = e.staff_id and s.person_id = e.person_id
     order by pointsNow desc, staffId, personId`,
    { last: lastDay, before: addDays(lastDay, -risingDays) },
  )
  const watch = readMatrix().bands[0]?.points ?? 0
  return rows.map(row => ({
    ...row,
    rising: row.pointsNow >= watch && row.pointsNow - row.pointsBefore >= risingPoints,
  }))
}
