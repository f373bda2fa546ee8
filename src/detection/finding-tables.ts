import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'

const findingColumns = `indicator LowCardinality(String), version UInt16, edition UInt16, family LowCardinality(String), unit LowCardinality(String),
  staff_id String, person_id String, found_on Date, points Float64, count UInt32, first_at DateTime, last_at DateTime,
  evidence Array(String), detail Map(String, String), resolved_on Date`
const creditColumns = `credit LowCardinality(String), family LowCardinality(String), role Bool, staff_id String, person_id String,
  from_on Date, to_on Date, points Float64, record_id String`

const findingShape = `(${findingColumns}) engine = MergeTree order by (staff_id, person_id, indicator, found_on)`

const shapes = {
  findings: findingShape,
  findings_next: findingShape,
  /** What indicators in shadow found: shown on their own page, scored nowhere. */
  shadow_findings: findingShape,
  /** What an exception sets aside: kept and counted, scored nowhere. */
  excepted_findings: `(exception String, ${findingColumns}) engine = MergeTree order by (exception, staff_id, person_id, indicator, found_on)`,
  /** Every finding of staff with one set aside, as if there were no exception: says what the exceptions hide. */
  unexcepted_findings: findingShape,
  /** What a draft would find: the table of a preview. */
  draft_findings: findingShape,
  /** What the drafted indicator alone would find. */
  draft_own_findings: findingShape,
  credits: `(${creditColumns}) engine = MergeTree order by (staff_id, person_id, family)`,
} as const

/** A table of findings, or of credits. */
export type FindingTable = keyof typeof shapes

/** Makes the tables of findings and credits where they are missing, and those named anew and empty. */
export const createFindingTables = async (
  lake: Lake,
  anew: readonly FindingTable[] = [],
  names: readonly FindingTable[] = Object.keys(shapes) as FindingTable[],
): Promise<void> => {
  const built = await builtTables(lake)
  for (const name of names) {
    if (built.has(name) && !anew.includes(name)) continue
    const verb = anew.includes(name) ? 'create or replace table' : 'create table if not exists'
    await lake.run(`${verb} upstander.${name} ${shapes[name]}`)
  }
}
