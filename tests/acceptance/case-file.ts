import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { bands } from '../../src/core/bands.ts'
import { projectRoot } from '../../src/core/project-root.ts'
import { readContent } from '../../src/core/read-content.ts'
import { shorthandShape } from '../../src/detection/world-shorthands.ts'
import { shiftPatterns } from './shifts.ts'

const moment = z.string().regex(/^D-?\d+( \d\d:\d\d(:\d\d)?)?$/, 'a moment such as D2 14:00')
const day = z.string().regex(/^D-?\d+$/, 'a day such as D2')
const row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
/** Two ids: the member of staff and the person; the first alone for the member of staff by themselves. */
const pair = z.string().regex(/^\S+( \S+)?$/, 'a pair such as "S1 P1"')

const expected = z.strictObject({
  of: pair,
  band: z.enum(bands),
  /** First and last day on which the band may first be reached. */
  between: z.tuple([day, day]),
})
const forbidden = z.strictObject({
  of: pair,
  band: z.enum(bands),
  /** Days before this one only; the whole case when left out. */
  before: day.optional(),
})
/** What the score must be on one day. */
const held = z.strictObject({
  of: pair,
  on: day,
  at_least: z.number().default(0),
  below: z.number().default(1_000),
})
const outcome = {
  expect: z.array(expected).default([]),
  must_not: z.array(forbidden).default([]),
  holds: z.array(held).default([]),
  /** Where the result differs from the score worked by hand, and why. */
  note: z.string().optional(),
}
const additions = {
  /** Calls and messages whose number and window are known: spread evenly over the hours of each day. */
  threads: z
    .array(
      z.strictObject({
        staff: z.string(),
        person: z.string(),
        kind: z.enum(['voice', 'sms']),
        out: z.int().min(0),
        in: z.int().min(0),
        from: day,
        to: day,
        hours: z.tuple([z.int(), z.int()]).default([8, 22]),
        /** Spread over the duties of the member of staff instead. */
        on_duty: z.boolean().default(false),
        seconds: z.int().default(90),
        /** What the first, second … event said, where the words are known and the force captures content. */
        words: z.record(z.string().regex(/^\d+$/), z.string()).default({}),
      }),
    )
    .default([]),
  /** Times at which a unit of the member of staff stood near a person's home. */
  stands: z
    .array(
      z.strictObject({
        staff: z.string(),
        person: z.string(),
        at: z.array(moment).min(1),
        minutes: z.number(),
        metres: z.number().default(15),
      }),
    )
    .default([]),
  /** Logs that staff were sent to, with the person each was about. */
  attended: shorthandShape.attended,
  records: z.record(z.string(), z.array(row)).default({}),
}

const caseFile = z.strictObject({
  title: z.string(),
  about: z.string(),
  source: z.string(),
  /** One of the twelve cases of the seeds, a published case of the library, or innocent conduct that looks like one. */
  suite: z.enum(['seed', 'library', 'look-alike']),
  /** Number of a seed case. */
  number: z.int().min(1).max(12).optional(),
  day0: z.iso.date(),
  until: day,
  staff: z.record(
    z.string(),
    z.strictObject({
      role: z.string(),
      post: z.string(),
      pattern: z.enum(Object.keys(shiftPatterns) as [keyof typeof shiftPatterns]),
      /** Days by which the pattern is turned; 0 makes D0 its first day. */
      phase: z.int().default(0),
      /** What reports where this member of staff is. */
      unit: z.enum(['vehicle', 'terminal']).optional(),
      /** The unit stays with them off duty. */
      take_home: z.boolean().default(false),
    }),
  ),
  /** Colleagues in the post of the first member of staff. */
  colleagues: z.int().min(3).default(3),
  people: z.record(
    z.string(),
    z.strictObject({
      home: z.tuple([z.number(), z.number()]),
      flags: z.array(z.strictObject({ flag: z.string(), from: day })).default([]),
    }),
  ),
  ...additions,
  ...outcome,
  variants: z
    .array(
      z.strictObject({
        title: z.string(),
        about: z.string(),
        /** Feeds that this force does not supply, ordinary work included. */
        leave_out: z.array(z.string()).default([]),
        /** Feeds in which the variant's own rows stand in place of the case's. */
        instead_of: z.array(z.string()).default([]),
        until: day.optional(),
        ...additions,
        ...outcome,
      }),
    )
    .default([]),
})

/** A published case or a look-alike as a small force: who, what the records show, and what must come of it. */
export type CaseFile = z.output<typeof caseFile>
export type CaseThread = CaseFile['threads'][number]
export type CaseStand = CaseFile['stands'][number]
export type CaseStaff = CaseFile['staff'][string]
/** One thing to replay: a case, or a case changed in one respect. */
export type Replay = Omit<CaseFile, 'variants'> & {
  readonly name: string
  /** Changed in one respect from the case of its file. */
  readonly variant: boolean
  readonly leave_out: readonly string[]
}

/**
 * Every case of this folder, and each of its variants as a replay of its own.
 * @throws AppError CONTENT_INVALID naming the file and every fault
 */
export const readReplays = (): Replay[] => {
  const folder = join(projectRoot, 'tests', 'acceptance')
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .toSorted()
    .flatMap(file => replaysOf(basename(file, '.yaml'), readContent(join(folder, file), caseFile)))
}

const replaysOf = (name: string, { variants, ...whole }: CaseFile): Replay[] => [
  { ...whole, name, variant: false, leave_out: [] },
  ...variants.map(variant => ({
    ...whole,
    ...variant,
    name: `${name}: ${variant.title}`,
    variant: true,
    until: variant.until ?? whole.until,
    threads: [...whole.threads, ...variant.threads],
    stands: [...whole.stands, ...variant.stands],
    attended: [...whole.attended, ...variant.attended],
    records: joinRecords(without(whole.records, variant.instead_of), variant.records),
  })),
]

type Records = CaseFile['records']

const without = (records: Records, feeds: readonly string[]): Records =>
  Object.fromEntries(Object.entries(records).filter(([feed]) => !feeds.includes(feed)))

const joinRecords = (first: Records, second: Records): Records => {
  const joined = { ...first }
  for (const [feed, rows] of Object.entries(second)) joined[feed] = [...(joined[feed] ?? []), ...rows]
  return joined
}
