import { join } from 'node:path'
import { z } from 'zod'
import { readContent } from '../core/read-content.ts'
import { worldPartShape, worldShape } from './record-world.ts'

const shared = {
  /** A sentence a detective can agree with. */
  name: z.string().min(10),
  /** A near miss differs from a hit in one respect only; a look-alike is the innocent conduct most like it. */
  kind: z.enum(['hit', 'near_miss', 'look_alike']),
  /** Built by itself: its outcome rests on what the whole force does. */
  alone: z.boolean().default(false),
  /** What it adds to the world of its file. */
  add: worldPartShape.prefault({}),
}

const finding = z.strictObject({
  /** Empty when the finding is about the person alone. */
  staff: z.string().default('S1'),
  /** Empty when the finding is about the member of staff alone. */
  person: z.string().default('P1'),
  /** Day of the finding, such as `D5`. */
  on: z.string(),
  points: z.number(),
  count: z.int().optional(),
})

const credit = z.strictObject({
  staff: z.string().default('S1'),
  person: z.string().default('P1'),
  /** First and last day on which it counts. */
  from: z.string(),
  to: z.string(),
  points: z.number().negative(),
})

const fileOf = <Expected extends z.ZodType>(expected: Expected) =>
  z.strictObject({
    /** What every case begins with. */
    world: worldShape,
    /** The file's cases are built apart from those of other files. */
    alone: z.boolean().default(false),
    cases: z.array(z.strictObject({ ...shared, expect: z.array(expected) })).min(2),
  })

const indicatorCases = fileOf(finding)
const creditCases = fileOf(credit)

export type IndicatorCases = z.output<typeof indicatorCases>
export type CreditCases = z.output<typeof creditCases>

/**
 * Reads `cases.yaml` of an indicator's folder: every finding each case must give, and no other.
 * @throws AppError CONTENT_INVALID
 */
export const readIndicatorCases = (folder: string): IndicatorCases =>
  readContent(join(folder, 'cases.yaml'), indicatorCases)

/**
 * Reads `cases.yaml` of a credit's folder.
 * @throws AppError CONTENT_INVALID
 */
export const readCreditCases = (folder: string): CreditCases =>
  readContent(join(folder, 'cases.yaml'), creditCases)
