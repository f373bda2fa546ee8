import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { once } from '../core/once.ts'
import { families } from './matrix.ts'
import { contentDir, readContent, readSql } from '../core/read-content.ts'

const shape = z.strictObject({
  title: z.string().min(1),
  /** The families it discounts; never any other, or it would become a hiding place. */
  families: z.array(z.enum(families)).min(1),
  /** A legitimate role: void where the pair's volume is far beyond the post's. */
  role: z.boolean(),
  /** Contacts with one person in 28 days that are ordinary at the 99th percentile of these parts themselves, whatever the post. */
  usual_p99_28d: z
    .strictObject({
      value: z.number().positive(),
      parts: z.array(z.string()).min(1),
      reason: z.string().min(1),
    })
    .optional(),
  /** Feeds without which nobody can tell. */
  feeds: z.array(z.string()).min(1),
  question: z.string().min(1),
  found: z.string().min(1),
  source: z.string().min(1),
  confidence: z.enum(['A', 'B', 'C', 'D']),
})

/** An innocent explanation that the records themselves can show, and what it takes off its families. */
export type Credit = z.output<typeof shape> & { readonly id: string; readonly query: string }

/**
 * Reads `content/credits/<name>/`, once.
 * @throws AppError CONTENT_INVALID
 */
export const readCredits: () => readonly Credit[] = once(() => {
  const root = join(contentDir, 'credits')
  return readdirSync(root)
    .sort()
    .map(id => ({
      ...readContent(join(root, id, 'credit.yaml'), shape),
      id,
      query: readSql(join(root, id, 'query.sql')),
    }))
})
