import { join } from 'node:path'
import { z } from 'zod'
import { addDays } from '../core/clock.ts'
import type { Lake } from '../lake/lake.ts'
import { contentDir, readContent } from '../core/read-content.ts'

const shape = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z]+$/),
    /** What the records show; never a name for anybody. */
    name: z.string().min(1),
    /** What the research calls it. */
    literature: z.string().min(1),
    /** What kind of sign it is made of, in words. */
    looks_for: z.string().min(1),
    scope: z.enum(['this_pair', 'all_people']),
    /** Ids of indicators. */
    signs: z.array(z.string()).min(1),
    /** Days up to the day of the score. */
    days: z.int().positive(),
    /** How many different families of signs, or people, there must be. */
    at_least: z.int().positive(),
    count: z.enum(['families', 'people']),
    /** Findings of fewer points do not count. */
    min_points: z.number().positive(),
    reason: z.string().min(1),
    /** What a reviewer does next where it shows. */
    next: z.string().min(1),
  }),
)

/** A shape that the records of a concern can have. It adds no points. */
export type Pattern = z.output<typeof shape>[number]

/**
 * Reads `content/patterns.yaml`.
 * @throws AppError CONTENT_INVALID
 */
export const readPatterns = (): Pattern[] => readContent(join(contentDir, 'patterns.yaml'), shape)

/** A sign that a pattern rests on. */
export type PatternSign = {
  readonly personId: string
  readonly indicator: string
  readonly family: string
  /** `YYYY-MM-DD`. */
  readonly lastOn: string
}

export type PatternSeen = {
  readonly pattern: Pattern
  readonly shows: boolean
  /** How many families or people there are. */
  readonly count: number
  readonly restsOn: readonly PatternSign[]
  /** Of all staff with any finding or none on the last day, how many have as many people; breadth only. */
  readonly alike: { readonly staff: number; readonly of: number } | undefined
}

type Asked = {
  readonly staffId: string
  /** Empty for a concern about the member of staff alone: depth is not looked for then. */
  readonly personId: string
  /** Day of the score, `YYYY-MM-DD`. */
  readonly onDay: string
  /** Whom the reader is kept from: nothing about them is listed or counted. */
  readonly without: { readonly staffIds: readonly string[]; readonly personIds: readonly string[] }
}

type Row = { person_id: string; indicator: string; family: string; last_on: string }

/** Which patterns the findings about a member of staff show on the day of a concern's score, and what each rests on. */
export const readPatternsSeen = async (
  lake: Lake,
  patterns: readonly Pattern[],
  asked: Asked,
): Promise<PatternSeen[]> => {
  const [built] = await lake.rows<{ tables: number }>(
    `select count() as tables from system.tables where database = 'upstander' and name = 'findings'`,
  )
  if (built?.tables !== 1) return []
  const wanted = patterns.filter(each => each.scope === 'all_people' || asked.personId !== '')
  return await Promise.all(wanted.map(pattern => seen(lake, pattern, asked)))
}

const ofPattern = `unit = 'pair' and person_id != '' and has({signs:Array(String)}, toString(indicator)) and points >= {min_points:Float64}
  and found_on > {from:Date} and found_on <= {to:Date} and person_id not in {people:Array(String)} and staff_id not in {colleagues:Array(String)}`

const seen = async (lake: Lake, pattern: Pattern, asked: Asked): Promise<PatternSeen> => {
  const params = {
    signs: pattern.signs,
    min_points: pattern.min_points,
    from: addDays(asked.onDay, -pattern.days),
    to: asked.onDay,
    staff: asked.staffId,
    person: pattern.scope === 'this_pair' ? asked.personId : '',
    at_least: pattern.at_least,
    people: asked.without.personIds,
    colleagues: asked.without.staffIds,
  }
  const rows = await lake.rows<Row>(
    `select person_id, toString(indicator) as indicator, toString(any(family)) as family, toString(max(found_on)) as last_on
     from upstander.findings
     where staff_id = {staff:String} and ({person:String} = '' or person_id = {person:String}) and ${ofPattern}
     group by person_id, indicator order by last_on, person_id, indicator`,
    params,
  )
  const count = new Set(rows.map(row => (pattern.count === 'people' ? row.person_id : row.family))).size
  const restsOn = rows.map(row => ({
    personId: row.person_id,
    indicator: row.indicator,
    family: row.family,
    lastOn: row.last_on,
  }))
  const shows = count >= pattern.at_least
  const alike = shows && pattern.count === 'people' ? await howManyAlike(lake, params) : undefined
  return { pattern, shows, count, restsOn, alike }
}

/** How many members of staff have signs with as many people: a pattern that many share says little. */
const howManyAlike = async (lake: Lake, params: Record<string, unknown>) => {
  const [row] = await lake.rows<{ staff: number; of: number }>(
    `select
       (select count() from (
         select staff_id from upstander.findings where ${ofPattern}
         group by staff_id having uniqExact(person_id) >= {at_least:UInt32})) as staff,
       (select uniqExact(staff_id) from upstander.staff where left_on is null or left_on >= {to:Date}) as of`,
    params,
  )
  return { staff: row?.staff ?? 0, of: row?.of ?? 0 }
}
