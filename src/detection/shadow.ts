import type { Lake } from '../lake/lake.ts'
import { createFindingTables } from './finding-tables.ts'
import type { Indicator } from './indicators.ts'
import { saySentence } from './sentence.ts'

/** What an indicator in shadow found. */
export type ShadowFindings = {
  /** Findings, and the pairs or members of staff they are about. */
  readonly findings: number
  readonly pairs: number
  /** Of these pairs, those that a live indicator found something about as well. */
  readonly alsoLive: number
  /** The last finding of each pair, newest first; not always all of them. */
  readonly rows: readonly {
    readonly staffId: string
    readonly personId: string
    /** `YYYY-MM-DD`. */
    readonly foundOn: string
    readonly points: number
    readonly sentence: string
  }[]
}

/** Reads what an indicator found in shadow; nothing of it counts towards a score. */
export const readShadow = async (lake: Lake, indicator: Indicator, most: number): Promise<ShadowFindings> => {
  await createFindingTables(lake)
  const about = { indicator: indicator.id, most }
  const [count] = await lake.rows<{ findings: number; pairs: number; also: number }>(
    `select count() as findings, uniqExact(staff_id, person_id) as pairs,
       uniqExactIf((staff_id, person_id), (staff_id, person_id) in (select staff_id, person_id from upstander.findings)) as also
     from upstander.shadow_findings where indicator = {indicator:String}`,
    about,
  )
  const rows = await lake.rows<{
    staff: string
    person: string
    day: string
    points: number
    count: number
    detail: Record<string, string>
  }>(
    `select staff_id as staff, person_id as person, toString(found_on) as day, points, count, detail
     from upstander.shadow_findings where indicator = {indicator:String}
     order by found_on desc, points desc, staff_id, person_id limit 1 by staff_id, person_id limit {most:UInt32}`,
    about,
  )
  return {
    findings: count?.findings ?? 0,
    pairs: count?.pairs ?? 0,
    alsoLive: count?.also ?? 0,
    rows: rows.map(row => ({
      staffId: row.staff,
      personId: row.person,
      foundOn: row.day,
      points: row.points,
      sentence: saySentence(indicator.sentence, { ...row.detail, count: String(row.count) }),
    })),
  }
}
