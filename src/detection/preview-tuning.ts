import type { bands } from '../core/bands.ts'
import { type BandNow } from '../core/bands.ts'
import { addDays } from '../core/clock.ts'
import type { Lake } from '../lake/lake.ts'
import { findDraft, type DraftScope } from './find-draft.ts'
import { createFindingTables } from './finding-tables.ts'
import type { Indicator } from './indicators.ts'
import { bandOf, readMatrix } from './matrix.ts'
import { readRuns } from './runs.ts'
import { scorePairs } from './score-pairs.ts'

/** A pair that a draft would have raised, dropped or moved to another band. */
export type PreviewPair = {
  readonly staffId: string
  /** Empty for a member of staff alone. */
  readonly personId: string
  /** Highest band and points within the days of the preview, as detection stands and with the draft. */
  readonly bandBefore: BandNow
  readonly bandAfter: BandNow
  readonly pointsBefore: number
  readonly pointsAfter: number
}

export type TuningPreview = {
  /** First and last day it looked at, `YYYY-MM-DD`: twelve months to the last day of the records. */
  readonly fromOn: string
  readonly toOn: string
  readonly staffCount: number
  /** Findings of the drafted indicator in those days. */
  readonly findingsBefore: number
  readonly findingsAfter: number
  /** Pairs that first reached review in each week, by its Monday; weeks without any are left out. */
  readonly weeks: readonly { readonly weekOf: string; readonly before: number; readonly after: number }[]
  readonly changed: readonly PreviewPair[]
  /** Titles of indicators that build upon the drafted one and were not asked again: publishing asks them. Absent in previews made before it was told. */
  readonly left?: readonly string[]
  readonly seconds: number
}

const days = 365

/**
 * What detection would have shown over the last twelve months had an indicator run as drafted. Only that indicator runs again, with
 * those built upon it; where the draft asks the same, it does not run either. Then those of whom its findings differ are scored over the stored findings of all the others.
 * @returns undefined where detection has not run yet
 */
export const previewTuning = async (
  lake: Lake,
  draft: Indicator,
  given: DraftScope,
): Promise<TuningPreview | undefined> => {
  const startedAt = performance.now()
  await createFindingTables(lake, ['draft_findings', 'draft_own_findings'])
  const last = await lastDays(lake)
  if (last === undefined) return undefined
  const toOn = last.scored
  const fromOn = addDays(toOn, 1 - days)
  const { redone, left } = await findDraft(lake, draft, given)
  const about = { indicator: draft.id, fromOn, toOn }
  await fillTouched(lake, redone)
  await fillDraft(lake, redone)
  const shards = await shardsForTouched(lake, given.shards)
  await scorePairs(lake, { extraDays: [last.detected], shards, instead: 'draft' })
  const preview = {
    fromOn,
    toOn,
    ...(await countFindings(lake, about)),
    staffCount: await countStaff(lake, toOn),
    weeks: await weeksOf(lake, about),
    changed: await changedPairs(lake, about),
    left: left.map(each => each.title),
  }
  return { ...preview, seconds: (performance.now() - startedAt) / 1000 }
}

/** The last day of the records that detection ran on, and the last it scored: evidence may settle some days later. */
const lastDays = async (lake: Lake): Promise<{ detected: string; scored: string } | undefined> => {
  const run = (await readRuns(lake)).find(each => each.result !== undefined)
  if (run?.result === undefined || run.result.lastDay === '') return undefined
  const [row] = await lake.rows<{ last: string; rows: number }>(
    'select toString(max(on_day)) as last, count() as rows from upstander.scores',
  )
  return row === undefined || row.rows === 0 ? undefined : { detected: run.result.lastDay, scored: row.last }
}

/** Pairs, and members of staff alone, whose score can change: of no other would the indicators find something else than they found. */
const fillTouched = async (lake: Lake, redone: readonly Indicator[]): Promise<void> => {
  await lake.run(
    'create or replace table upstander.draft_touched (staff_id String, person_id String) engine = MergeTree order by (staff_id, person_id)',
  )
  const differing = (unit: Indicator['unit']) => `
    select staff_id, person_id from (
      select indicator, unit, staff_id, person_id, found_on, points, resolved_on, 0 as after from upstander.findings where has({redone:Array(String)}, toString(indicator))
      union all
      select indicator, unit, staff_id, person_id, found_on, points, resolved_on, 1 as after from upstander.draft_own_findings
    )
    where unit = '${unit}'
    group by indicator, staff_id, person_id, found_on, points, resolved_on having uniqExact(after) = 1`
  const pairsOf = (unit: 'staff' | 'person') =>
    `select distinct staff_id, person_id from upstander.findings where unit = 'pair' and ${unit}_id in (select ${unit}_id from (${differing(unit)}))`
  const touched = {
    pair: `select distinct staff_id, person_id from (${differing('pair')})`,
    staff: `${pairsOf('staff')} union distinct select staff_id, '' from (${differing('staff')})`,
    person: pairsOf('person'),
  }
  const units = [...new Set(redone.map(each => each.unit))].map(unit => touched[unit])
  await lake.run(`insert into upstander.draft_touched ${units.join(' union distinct ')}`, {
    redone: redone.map(each => each.id),
  })
}

/**
 * The stored findings of every other indicator, and those found anew, for whom it touches: only what their score is made of, as the
 * records they rest on are most of what is stored.
 */
const fillDraft = async (lake: Lake, redone: readonly Indicator[]): Promise<void> => {
  const touched = `unit = 'pair' and (staff_id, person_id) in (select staff_id, person_id from upstander.draft_touched)
    or unit = 'staff' and staff_id in (select staff_id from upstander.draft_touched)
    or unit = 'person' and person_id in (select person_id from upstander.draft_touched)`
  const scored = 'indicator, family, unit, staff_id, person_id, found_on, points, resolved_on'
  await lake.run(
    `insert into upstander.draft_findings (${scored})
     select ${scored} from upstander.findings where not has({redone:Array(String)}, toString(indicator)) and (${touched})
     union all
     select ${scored} from upstander.draft_own_findings where ${touched}`,
    { redone: redone.map(each => each.id) },
  )
}

/** Pairs scored in one part: as many as take a few hundred megabytes. Each part costs the planning of every statement again; none is needed for nobody. */
const touchedPerShard = 50_000

const shardsForTouched = async (lake: Lake, most: number): Promise<number> => {
  const [row] = await lake.rows<{ touched: number }>('select count() as touched from upstander.draft_touched')
  return Math.min(most, Math.ceil((row?.touched ?? 0) / touchedPerShard))
}

type About = { readonly indicator: string; readonly fromOn: string; readonly toOn: string }

const countFindings = async (
  lake: Lake,
  about: About,
): Promise<Pick<TuningPreview, 'findingsBefore' | 'findingsAfter'>> => {
  const inDays = 'found_on >= {fromOn:Date} and found_on <= {toOn:Date}'
  const [row] = await lake.rows<{ before: number; after: number }>(
    `select (select count() from upstander.findings where indicator = {indicator:String} and ${inDays}) as before,
       (select count() from upstander.draft_own_findings where indicator = {indicator:String} and ${inDays}) as after`,
    about,
  )
  return { findingsBefore: row?.before ?? 0, findingsAfter: row?.after ?? 0 }
}

const countStaff = async (lake: Lake, day: string): Promise<number> => {
  const [row] = await lake.rows<{ staff: number }>(
    `select count() as staff from upstander.staff
     where (joined_on is null or joined_on <= {day:Date32}) and (left_on is null or left_on >= {day:Date32})`,
    { day },
  )
  return row?.staff ?? 0
}

const isTouched = '(staff_id, person_id) in (select staff_id, person_id from upstander.draft_touched)'

/** Scores as they stand and with the draft, of whom it touches; of all others the scores stand in both. */
const bothScores = `
  select staff_id, person_id, on_day, points, 0 as drafted from upstander.scores
  union all
  select staff_id, person_id, on_day, points, 1 as drafted from upstander.scores where not ${isTouched}
  union all
  select staff_id, person_id, on_day, points, 1 as drafted from upstander.draft_scores where ${isTouched}`

const weeksOf = async (lake: Lake, about: About): Promise<TuningPreview['weeks']> =>
  lake.rows(
    `select toString(toMonday(first_on)) as weekOf, countIf(drafted = 0) as before, countIf(drafted = 1) as after
     from (
       select staff_id, person_id, drafted, min(on_day) as first_on
       from (${bothScores}) where points >= {review:Float64} group by staff_id, person_id, drafted
     )
     where first_on >= {fromOn:Date} and first_on <= {toOn:Date}
     group by weekOf order by weekOf`,
    { ...about, review: pointsFor('review') },
  )

const pointsFor = (band: (typeof bands)[number]): number =>
  readMatrix().bands.find(each => each.band === band)?.points ?? 0

const changedPairs = async (lake: Lake, about: About): Promise<PreviewPair[]> => {
  const matrix = readMatrix()
  const rows = await lake.rows<{ staffId: string; personId: string; before: number; after: number }>(
    `select staff_id as staffId, person_id as personId, maxIf(points, drafted = 0) as before, maxIf(points, drafted = 1) as after
     from (${bothScores})
     where on_day >= {fromOn:Date} and on_day <= {toOn:Date} and ${isTouched}
     group by staffId, personId
     having arrayCount(floor -> before >= floor, {floors:Array(Float64)}) != arrayCount(floor -> after >= floor, {floors:Array(Float64)})
     order by greatest(before, after) desc, staffId, personId`,
    { ...about, floors: matrix.bands.map(each => each.points) },
  )
  return rows.map(row => ({
    staffId: row.staffId,
    personId: row.personId,
    bandBefore: bandOf(matrix, row.before),
    bandAfter: bandOf(matrix, row.after),
    pointsBefore: row.before,
    pointsAfter: row.after,
  }))
}
