import { join } from 'node:path'
import { z } from 'zod'
import { addDays } from '../core/clock.ts'
import { contentDir, readContent } from '../core/read-content.ts'
import { readFeeds, type Feed } from '../intake/feeds.ts'

const rule = z.strictObject({ days: z.int().positive(), what: z.string().min(1), why: z.string().min(1) })
const shape = z.strictObject({ closed_concerns: rule, rejected_records: rule })

/** How long what is not a feed is kept. */
export type ClassRules = z.infer<typeof shape>

/** The rules of `content/retention.yaml`. */
export const readClassRules = (): ClassRules => readContent(join(contentDir, 'retention.yaml'), shape)

/** A feed whose rows grow old, and the SQL that says on which day one did: when it happened, or ended where it lasted. */
export type AgingFeed = { readonly feed: Feed; readonly agedOn: string }

/**
 * Feeds whose rows grow old. Rows that say who or what exists, and rows of something that still lasts, do not: they go when the
 * force supplies them no more.
 */
export const agingFeeds = (): readonly AgingFeed[] =>
  readFeeds().feeds.flatMap(feed => {
    const end = feed.fields.find(({ name }) => name === 'to_at' || name === 'to_on')?.name
    const event = feed.eventTime?.name
    if (event === undefined || (feed.lasts && end === undefined)) return []
    if (feed.lasts) return [{ feed, agedOn: `toDate32(${end ?? ''})` }]
    const agedOn =
      end === undefined
        ? `toDate32(${event})`
        : `greatest(toDate32(${event}), ifNull(toDate32(${end}), toDate32(${event})))`
    return [{ feed, agedOn }]
  })

/** First day that is kept of something with this rule. */
export const firstKeptDay = (today: string, days: number): string => addDays(today, -days)
