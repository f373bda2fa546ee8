import { z } from 'zod'

const number = z.number().nullable()

/** A figure and the interval around it; null where there is nothing to measure. */
export const figureShape = z.object({
  value: number,
  /** 95 % interval, by drawing members of staff anew. */
  low: number,
  high: number,
  /** For a share: so many, of so many. */
  count: z.number().optional(),
  of: z.number().optional(),
})

/** How a column's figures are written: a share as per cent or per hundred, days, a plain number, a ratio, or points. */
const unit = z.enum(['share', 'per_100', 'days', 'number', 'ratio', 'points'])

const section = z.object({
  key: z.string(),
  title: z.string(),
  /** What is counted, in a sentence or two. */
  about: z.string(),
  columns: z.array(z.object({ key: z.string(), label: z.string(), unit })),
  rows: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      cells: z.array(figureShape),
      /** A word on this row, such as "outside 0.8 to 1.25". */
      remark: z.string().optional(),
    }),
  ),
})

/** One evaluation: what was measured, on whom, and every figure. Holds no name and no key of anybody. */
export const evaluationShape = z.object({
  about: z.object({
    name: z.string(),
    made_on: z.iso.date(),
    /** First and last day of records evaluated. */
    from: z.iso.date(),
    to: z.iso.date(),
    staff: z.int(),
    offenders: z.int(),
    dark: z.int(),
    legitimate_roles: z.int(),
    /** Points from which a pair is for review. */
    review_at: z.number(),
    /** New reviews allowed per 1,000 staff a month. */
    budget: z.number(),
    /** Times that members of staff were drawn anew, and the seed of the draws. */
    draws: z.int(),
    seed: z.int(),
    /** Fingerprint of the content that was measured. */
    content: z.string(),
    /** What the unit had changed about the content when it was measured; nothing where absent. */
    changed: z
      .object({
        /** Indicators that run with parameters, a weight or a status of the unit's own. */
        indicators: z.array(z.string()),
        /** Exceptions that were made and not withdrawn. */
        exceptions: z.int(),
        /** Feeds that nothing may read for lack of a current lawful basis. */
        unread: z.array(z.string()),
      })
      .optional(),
  }),
  sections: z.array(section),
})

export type Figure = z.output<typeof figureShape>
export type Unit = z.output<typeof unit>
export type Section = z.output<typeof section>
export type Evaluation = z.output<typeof evaluationShape>
