import { join } from 'node:path'
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'
import { readFacts } from './facts.ts'
import { families, readMatrix, type Family } from './matrix.ts'
import { contentDir, readContent, readSql } from '../core/read-content.ts'
import { saySentence } from './sentence.ts'

const traceIds = ['off_duty', 'on_leave', 'burst', 'after_closure', 'visits', 'look_ups', 'words'] as const

const shape = z.strictObject({
  traces: z.array(
    z.strictObject({
      /** A column of `sweep.sql`. */
      id: z.enum(traceIds),
      /** A concern that has points in this family sweeps for this trace. */
      family: z.enum(families),
      /** From how many on it is a trace. */
      at_least: z.int().positive(),
      /** `{n:one visit|# visits}` as in an indicator's sentence. */
      says: z.string().min(1),
      reason: z.string().min(1),
    }),
  ),
  /** Who is listed: from so many kinds of trace on. */
  list_from: z.strictObject({ traces: z.int().positive(), reason: z.string().min(1) }),
  /** Findings of fewer points do not list anybody. */
  found_from: z.strictObject({ points: z.number().positive(), reason: z.string().min(1) }),
  most_listed: z.int().positive(),
})

/** What a concern rests on: its sweep looks for the same with others. */
export type SweepMethod = { readonly families: readonly string[]; readonly indicators: readonly string[] }

/** Somebody whom a sweep lists. */
export type Swept = {
  /** A person, or the bare number where nobody has it. */
  readonly party: string
  readonly vulnerable: boolean
  /** First recorded reason or contact, `YYYY-MM-DD`; '' where they were only looked up. */
  readonly metOn: string
  readonly contacts: number
  /** The traces that make up the method, in words. */
  readonly traces: readonly string[]
  /** Traces that are no part of the method, in words. */
  readonly beside: readonly string[]
  /** Indicators of the concern that fired for this person too. */
  readonly same: readonly string[]
  /** Other indicators that fired. */
  readonly other: readonly string[]
  readonly firstOn: string
  readonly lastOn: string
}

export type SweepResult = {
  /** Whom was searched. */
  readonly people: number
  readonly numbers: number
  /** Numbers left out because many staff ring them. */
  readonly organisations: number
  /** Traces the method looks for, in the order of the content, in words without a number. */
  readonly looksFor: readonly string[]
  /** How many had one kind of trace only, and are not listed. */
  readonly oneTrace: number
  /** How many would have been listed were there no limit. */
  readonly total: number
  readonly listed: readonly Swept[]
  /** First and last day of the records that were searched, `YYYY-MM-DD`. */
  readonly fromDay: string
  readonly toDay: string
}

type Row = Record<(typeof traceIds)[number], number> & {
  party: string
  /** 1 or 0, as the three are in SQL. */
  number: number
  organisation: number
  vulnerable: number
  met_on: string
  contacts: number
  indicators: string[]
  first_on: string
  last_on: string
}

/**
 * Runs the method of a concern over everyone a member of staff met, was in touch with or looked up without a reason, and over
 * every number nobody has, the concern's own person left out. One query; nothing is scored.
 */
export const sweepStaff = async (
  lake: Lake,
  about: { readonly staffId: string; readonly personId: string },
  method: SweepMethod,
  /** First and last day of the records that may be searched, `YYYY-MM-DD`; all of them when absent. */
  days: { readonly fromOn: string; readonly toOn: string } = { fromOn: '1970-01-01', toOn: '2149-06-06' },
): Promise<SweepResult> => {
  const content = readContent(join(contentDir, 'sweep', 'sweep.yaml'), shape)
  const { families: held } = readMatrix()
  // A sequence is drawn from other families: its method is theirs.
  const looked = new Set(
    method.families.flatMap(name => [name, ...(isFamily(name) ? held[name].tops_up : [])]),
  )
  const own = content.traces.filter(trace => looked.has(trace.family))
  const wanted = own.length === 0 ? content.traces : own
  const rows = await lake.rows<Row>(readSql(join(contentDir, 'sweep', 'sweep.sql')), {
    ...readFacts().settings,
    staff: about.staffId,
    found_points: content.found_from.points,
    from_day: days.fromOn,
    to_day: days.toOn,
  })
  const others = rows.filter(row => row.party !== about.personId && row.organisation === 0)
  const least = Math.min(content.list_from.traces, new Set(wanted.map(trace => trace.family)).size)
  const judged = others.map(row => ({ row, swept: sweptOf(row, content.traces, wanted, method) }))
  const found = judged.filter(({ swept }) => swept.traces.length >= least || swept.same.length > 0)
  const [span] = await lake.rows<{ from: string; to: string }>(
    `select toString(toDate(min(min_event_at))) as from, toString(toDate(max(max_event_at))) as to
     from upstander.batches where feed in ('billing', 'messages', 'positions', 'system_access')`,
  )
  return {
    people: others.filter(row => row.number === 0).length,
    numbers: others.filter(row => row.number === 1).length,
    organisations: rows.filter(row => row.organisation === 1).length,
    looksFor: wanted.map(trace => saySentence(trace.says, { n: String(trace.at_least) })),
    oneTrace: judged.filter(({ swept }) => swept.traces.length > 0).length - found.length,
    total: found.length,
    listed: found
      .map(each => each.swept)
      .toSorted(strongestFirst)
      .slice(0, content.most_listed),
    fromDay: later(span?.from ?? '', days.fromOn),
    toDay: earlier(span?.to ?? '', days.toOn),
  }
}

/** A day where there is one, but none outside the days that may be searched. */
const later = (day: string, limit: string): string => (day !== '' && day < limit ? limit : day)
const earlier = (day: string, limit: string): string => (day > limit ? limit : day)

const isFamily = (name: string): name is Family => (families as readonly string[]).includes(name)

type Trace = z.output<typeof shape>['traces'][number]

const sweptOf = (row: Row, all: readonly Trace[], wanted: readonly Trace[], method: SweepMethod): Swept => {
  const there = all.filter(trace => row[trace.id] >= trace.at_least)
  const say = (trace: Trace) => saySentence(trace.says, { n: String(row[trace.id]) })
  return {
    party: row.party,
    vulnerable: row.vulnerable === 1,
    metOn: row.met_on,
    contacts: row.contacts,
    traces: there.filter(trace => wanted.includes(trace)).map(say),
    beside: there.filter(trace => !wanted.includes(trace)).map(say),
    same: row.indicators.filter(id => method.indicators.includes(id)),
    other: row.indicators.filter(id => !method.indicators.includes(id)),
    firstOn: row.first_on,
    lastOn: row.last_on,
  }
}

/** The concern's own indicators first, then most kinds of trace, then the vulnerable, then most contact. */
const strongestFirst = (a: Swept, b: Swept): number =>
  b.same.length - a.same.length ||
  b.traces.length - a.traces.length ||
  Number(b.vulnerable) - Number(a.vulnerable) ||
  b.contacts - a.contacts
