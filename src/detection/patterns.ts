import { join } from 'node:path'
import { z } from 'zod'
import { addDays } from '../core/clock.ts'
import { builtTables } from '../lake/built-tables.ts'
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

type Row = { person_id: string; indicator: string; family: string; day: string; points: number }

/** Which patterns the findings about a member of staff show on the day of a concern's score, and what each rests on. */
export const readPatternsSeen = async (
  lake: Lake,
  patterns: readonly Pattern[],
  asked: Asked,
): Promise<PatternSeen[]> => {
  if (!(await builtTables(lake)).has('findings')) return []
  const wanted = patterns.filter(each => each.scope === 'all_people' || asked.personId !== '')
  const days = Math.max(0, ...wanted.map(each => each.days))
  const found = await lake.kept<Row>(
    `select person_id, toString(indicator) as indicator, toString(family) as family, toString(found_on) as day, points
     from upstander.findings
     where staff_id = {staff:String} and unit = 'pair' and person_id != '' and found_on > {from:Date} and found_on <= {to:Date}
       and ${notKept}`,
    { staff: asked.staffId, from: addDays(asked.onDay, -days), to: asked.onDay, ...withoutOf(asked) },
  )
  return await Promise.all(wanted.map(pattern => seen(lake, pattern, asked, found)))
}

/** Nothing about anybody whom the reader is kept from. */
const notKept = 'person_id not in {people:Array(String)} and staff_id not in {colleagues:Array(String)}'
const withoutOf = ({ without }: Asked) => ({ people: without.personIds, colleagues: without.staffIds })

const ofPattern = `unit = 'pair' and person_id != '' and has({signs:Array(String)}, toString(indicator)) and points >= {min_points:Float64}
  and found_on > {from:Date} and found_on <= {to:Date} and ${notKept}`

const seen = async (
  lake: Lake,
  pattern: Pattern,
  asked: Asked,
  found: readonly Row[],
): Promise<PatternSeen> => {
  const from = addDays(asked.onDay, -pattern.days)
  const rows = signsOf(
    found.filter(
      row =>
        row.day > from &&
        pattern.signs.includes(row.indicator) &&
        row.points >= pattern.min_points &&
        (pattern.scope === 'all_people' || row.person_id === asked.personId),
    ),
  )
  const count = new Set(rows.map(row => (pattern.count === 'people' ? row.personId : row.family))).size
  const shows = count >= pattern.at_least
  const alike =
    shows && pattern.count === 'people' ? await howManyAlike(lake, pattern, from, asked) : undefined
  return { pattern, shows, count, restsOn: rows, alike }
}

/** One sign for each indicator and person, as of its newest finding; the oldest sign first. */
const signsOf = (found: readonly Row[]): PatternSign[] =>
  [...Map.groupBy(found, row => `${row.person_id} ${row.indicator}`).values()]
    .flatMap(rows => {
      const newest = rows.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0]
      if (newest === undefined) return []
      const { person_id: personId, indicator, family, day: lastOn } = newest
      return [{ personId, indicator, family, lastOn }]
    })
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

const keyOf = (sign: PatternSign): string => `${sign.lastOn} ${sign.personId} ${sign.indicator}`

/** How many members of staff have signs with as many people: a pattern that many share says little. */
const howManyAlike = async (lake: Lake, pattern: Pattern, from: string, asked: Asked) => {
  const [row] = await lake.kept<{ staff: number; of: number }>(
    `select
       (select count() from (
         select staff_id from upstander.findings where ${ofPattern}
         group by staff_id having uniqExact(person_id) >= {at_least:UInt32})) as staff,
       (select uniqExact(staff_id) from upstander.staff where left_on is null or left_on >= {to:Date}) as of`,
    {
      signs: pattern.signs,
      min_points: pattern.min_points,
      from,
      to: asked.onDay,
      at_least: pattern.at_least,
      ...withoutOf(asked),
    },
  )
  return { staff: row?.staff ?? 0, of: row?.of ?? 0 }
}
