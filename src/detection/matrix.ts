import { join } from 'node:path'
import { z } from 'zod'
import { bands, type Band } from '../core/bands.ts'
import { once } from '../core/once.ts'
import { contentDir, readContent } from '../core/read-content.ts'

/** The families of indicators; findings within one are not independent. F10 is drawn from others and only tops them up. */
export const families = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10'] as const
export type Family = (typeof families)[number]

/** A read in a primary source, B in a secondary one, C calculated, D judgement. */
const confidence = z.enum(['A', 'B', 'C', 'D'])
const positive = z.number().positive()

/** Most false alerts (reviews that rest on an indicator and that a person found explained) that there should be, and why so many. */
export const promiseShape = z.strictObject({
  false_alerts_per_1000_staff_a_month: positive,
  reason: z.string().min(1),
})

const family = z.strictObject({
  name: z.string(),
  /** Most points the family may give. */
  cap: positive,
  /** Days after which points halve; absent for what does not fade. */
  half_life_days: positive.optional(),
  /** Families it is drawn from: it adds only what they together fall short of it. */
  tops_up: z.array(z.enum(families)).default([]),
  source: z.string(),
  confidence,
})

const shape = z.strictObject({
  bands: z
    .array(
      z.strictObject({
        band: z.enum(bands),
        points: positive,
        action: z.string(),
        source: z.string(),
        confidence,
      }),
    )
    .length(bands.length),
  families: z.strictObject(
    Object.fromEntries(families.map(name => [name, family])) as Record<Family, typeof family>,
  ),
  second_share: z.number().min(0).max(1),
  agreement: z.strictObject({
    sources: z.int().positive(),
    points: positive,
    source: z.string(),
    confidence,
  }),
  own_minimum: z.strictObject({ points: positive, reason: z.string(), confidence }),
  credit_void: z.strictObject({
    times_p99: positive,
    /** Least share of the contacts that the member of staff made; 0 to 1. */
    least_share_made: z.number().min(0).max(1),
    lasts_days: z.int().positive(),
    source: z.string(),
    confidence,
  }),
  floor_share: z.strictObject({ value: z.number().min(0).max(1), source: z.string(), confidence }),
  excluded_posts: z.strictObject({ posts: z.array(z.string()), source: z.string() }),
  indicator_promise: promiseShape,
  budget: z.strictObject({ new_reviews_per_1000_staff_a_month: positive, source: z.string(), confidence }),
})

export type Matrix = z.output<typeof shape>

/**
 * Reads `content/matrix.yaml`, once.
 * @throws AppError CONTENT_INVALID
 */
export const readMatrix: () => Matrix = once(() => readContent(join(contentDir, 'matrix.yaml'), shape))

/** The band that so many points reach, or `none`. */
export const bandOf = (matrix: Pick<Matrix, 'bands'>, points: number): Band | 'none' =>
  [...matrix.bands].reverse().find(each => points >= each.points)?.band ?? 'none'
