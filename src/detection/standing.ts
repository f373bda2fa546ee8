import { createHash } from 'node:crypto'
import { bands, type Band } from '../core/bands.ts'
import { addDays } from '../core/clock.ts'
import type { Lake } from '../lake/lake.ts'
import { readCredits } from './credits.ts'
import { readIndicators } from './indicators.ts'
import { bandOf, readMatrix, type Family } from './matrix.ts'
import { saySentence } from './sentence.ts'

/** One indicator's share of a score, with the sentence and the records behind it. */
export type PartIndicator = {
  readonly id: string
  readonly version: number
  /** The unit's published change that it ran with; 0 as the content has it. */
  readonly edition: number
  readonly title: string
  /** Decibans after fading. */
  readonly points: number
  readonly sentence: string
  /** Record ids as `feed:key`, newest last; not always all of them. */
  readonly evidence: readonly string[]
  /** Day of its newest evidence, `YYYY-MM-DD`. */
  readonly lastOn: string
}

export type PartCredit = {
  readonly id: string
  readonly title: string
  readonly points: number
  readonly recordId: string
}

/** A family's share of a score. */
export type Part = {
  readonly family: Family
  readonly familyName: string
  /** Decibans after cap and credits. */
  readonly points: number
  /** Before credits. */
  readonly raw: number
  /** What the credits took off; zero or negative. */
  readonly credit: number
  readonly indicators: readonly PartIndicator[]
  readonly credits: readonly PartCredit[]
  /** Titles of role credits that lapsed because the volume is far beyond the post's. */
  readonly voidCredits: readonly string[]
}

/** How a pair, or a member of staff alone, stands: its highest score of the past year and what it is made of. */
export type Standing = {
  readonly staffId: string
  /** Empty for the member of staff alone; a bare number where nobody in the records has it. */
  readonly personId: string
  readonly band: Band | 'none'
  readonly points: number
  /** Day of that score, `YYYY-MM-DD`. */
  readonly onDay: string
  /** Score on the last day of the records, after fading. */
  readonly pointsNow: number
  /** First day each band was reached, or null. */
  readonly reachedOn: Readonly<Record<Band, string | null>>
  /** Points for agreement of independent sources. */
  readonly bonus: number
  readonly parts: readonly Part[]
  /** What the records show, in plain English, strongest first. */
  readonly account: string
  /** Changes only with new evidence. */
  readonly fingerprint: string
  readonly evidence: readonly string[]
}

type ScoreRow = {
  staff_id: string
  person_id: string
  points: number
  on_day: string
  points_now: number
  bonus: number
  parts: string
  reached: (string | null)[]
}

type StoredPart = {
  family: Family
  points: number
  raw: number
  indicators: { id: string; points: number; last_on: string }[]
  credits: { id: string; points: number; record_id: string }[]
  void_credits: string[]
}

type FindingRow = {
  indicator: string
  version: number
  edition: number
  staff_id: string
  person_id: string
  found_on: string
  count: number
  evidence: string[]
  detail: Record<string, string>
}

/** A pair on which a person decided: only what came after this day (`YYYY-MM-DD`) can raise it again. */
export type ClosedPair = { readonly staffId: string; readonly personId: string; readonly throughDay: string }

/**
 * Every pair and member of staff that reached watch or more within a year before the last day of the records; for a closed
 * pair, since the day it was closed on.
 */
export const readStandings = async (lake: Lake, closed: readonly ClosedPair[] = []): Promise<Standing[]> => {
  const matrix = readMatrix()
  const [span] = await lake.rows<{ last: string; rows: number }>(
    'select toString(max(on_day)) as last, count() as rows from upstander.scores',
  )
  if (span === undefined || span.rows === 0) return []
  const since = addDays(span.last, -365)
  const scores = await lake.rows<ScoreRow>(
    `select s.staff_id as staff_id, s.person_id as person_id, max(s.points) as points, toString(argMax(s.on_day, (s.points, s.on_day))) as on_day,
       argMax(s.points, s.on_day) as points_now, argMax(s.bonus, (s.points, s.on_day)) as bonus, argMax(s.parts, (s.points, s.on_day)) as parts,
       arrayMap(floor -> if(arrayExists(p -> p.1 >= floor, groupArray((s.points, s.on_day)) as days),
         toString(arrayMin(p -> if(p.1 >= floor, p.2, toDate('2149-01-01')), days)), null), {floors:Array(Float64)}) as reached
     from upstander.scores s
     left join (
       select closed.1 as staff_id, closed.2 as person_id, toDate(closed.3) as through
       from (select arrayJoin(arrayZip({closed_staff:Array(String)}, {closed_people:Array(String)}, {closed_days:Array(String)})) as closed)
     ) c on c.staff_id = s.staff_id and c.person_id = s.person_id
     where s.on_day >= {since:Date} and (c.staff_id = '' or s.on_day > c.through)
     group by s.staff_id, s.person_id
     having points >= {watch:Float64}
     order by points desc, staff_id, person_id`,
    {
      since,
      watch: matrix.bands[0]?.points ?? 0,
      floors: matrix.bands.map(each => each.points),
      closed_staff: closed.map(each => each.staffId),
      closed_people: closed.map(each => each.personId),
      closed_days: closed.map(each => each.throughDay),
    },
  )
  const findings = await findingsBehind(lake, since)
  const describe = partDescriber()
  const evidence = evidenceByPair(findings.values())
  return scores.map(row => {
    const parts = (JSON.parse(row.parts) as StoredPart[]).map(part => describe(row, part, findings))
    const records = evidenceOf(evidence, row)
    const strongest = parts
      .filter(part => part.family !== 'F9')
      .flatMap(part => part.indicators)
      .toSorted((a, b) => b.points - a.points)
    return {
      staffId: row.staff_id,
      personId: row.person_id,
      band: bandOf(matrix, row.points),
      points: row.points,
      onDay: row.on_day,
      pointsNow: row.points_now,
      reachedOn: Object.fromEntries(
        bands.map((band, at) => [band, row.reached[at] ?? null]),
      ) as Standing['reachedOn'],
      bonus: row.bonus,
      parts,
      account: strongest
        .slice(0, 3)
        .map(each => each.sentence)
        .join(' '),
      fingerprint: fingerprintOf(records),
      evidence: records,
    }
  })
}

const findingsBehind = async (lake: Lake, since: string): Promise<ReadonlyMap<string, FindingRow>> => {
  const rows = await lake.rows<FindingRow>(
    `select toString(indicator) as indicator, version, edition, staff_id, person_id, toString(found_on) as found_on, count, evidence, detail
     from upstander.findings
     where staff_id = '' or staff_id in (select staff_id from upstander.scores where on_day >= {since:Date} and band != 'none')
     order by found_on`,
    { since },
  )
  return new Map(rows.map(row => [keyOf(row.indicator, row.staff_id, row.person_id, row.found_on), row]))
}

const keyOf = (...parts: string[]): string => parts.join('\u0000')

const partDescriber = () => {
  const matrix = readMatrix()
  const indicators = new Map(readIndicators().map(each => [each.id, each]))
  const credits = new Map(readCredits().map(each => [each.id, each]))
  return (row: ScoreRow, part: StoredPart, findings: ReadonlyMap<string, FindingRow>): Part => ({
    family: part.family,
    familyName: matrix.families[part.family].name,
    points: part.points,
    raw: part.raw,
    credit: Math.round((part.points - part.raw) * 100) / 100,
    indicators: part.indicators.map(each => {
      const indicator = indicators.get(each.id)
      const of = {
        pair: [row.staff_id, row.person_id],
        staff: [row.staff_id, ''],
        person: ['', row.person_id],
      } as const
      const [staffId, personId] = of[indicator?.unit ?? 'pair']
      const finding = findings.get(keyOf(each.id, staffId, personId, each.last_on))
      return {
        id: each.id,
        version: finding?.version ?? 0,
        edition: finding?.edition ?? 0,
        title: indicator?.title ?? each.id,
        points: each.points,
        sentence: saySentence(indicator?.sentence ?? '', {
          ...finding?.detail,
          ...(finding === undefined ? {} : { count: String(finding.count) }),
        }),
        evidence: finding?.evidence ?? [],
        lastOn: each.last_on,
      }
    }),
    credits: part.credits.map(each => ({
      id: each.id,
      title: credits.get(each.id)?.title ?? each.id,
      points: each.points,
      recordId: each.record_id,
    })),
    voidCredits: part.void_credits.map(id => credits.get(id)?.title ?? id),
  })
}

/** All evidence of a pair, not only that of its highest day: later, weaker evidence has been seen too. */
const evidenceByPair = (findings: Iterable<FindingRow>): ReadonlyMap<string, ReadonlySet<string>> => {
  const byPair = new Map<string, Set<string>>()
  for (const finding of findings) {
    if (finding.staff_id === '') continue
    const key = keyOf(finding.staff_id, finding.person_id)
    const held = byPair.get(key) ?? new Set<string>()
    for (const id of finding.evidence) held.add(id)
    byPair.set(key, held)
  }
  return byPair
}

const evidenceOf = (
  evidence: ReadonlyMap<string, ReadonlySet<string>>,
  pair: Pick<ScoreRow, 'staff_id' | 'person_id'>,
): string[] =>
  [
    ...new Set([
      ...(evidence.get(keyOf(pair.staff_id, pair.person_id)) ?? []),
      ...(evidence.get(keyOf(pair.staff_id, '')) ?? []),
    ]),
  ].sort()

/** The same records are the same evidence, however the points have faded. */
const fingerprintOf = (evidence: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(evidence)).digest('hex')
