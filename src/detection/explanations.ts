import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import type { Credit } from './credits.ts'
import { contentDir, readContent, readSql } from '../core/read-content.ts'

const words = z.string().min(1)

/** Which lawful explanations of which indicators it stands for, in the indicator's own words. */
const explains = z.record(z.string(), z.array(words).min(1)).default({})

/** The record that would settle it, and who answers for that record: an owner of feeds.yaml, or another who is named below. */
const settledBy = z.strictObject({ record: words, owner: words })

const byCredit = z.strictObject({ credit: words, explains, settled_by: settledBy })

const byQuery = z.strictObject({
  title: words,
  question: words,
  /** `staff` for what can be asked of the member of staff alone. */
  about: z.enum(['pair', 'staff']).default('pair'),
  explains,
  /** Feeds without which nobody can tell. */
  feeds: z.array(words).min(1),
  /** Returns `record` for each record that shows it; may read from `events` (events.sql). */
  query: words,
  found: words,
  settled_by: settledBy,
  source: words,
  confidence: z.enum(['A', 'B', 'C', 'D']),
})

/** What no record of the contract can show. */
const byNothing = z.strictObject({ title: words, question: words, explains, settled_by: settledBy })

const fileShape = z.record(z.string(), z.union([byCredit, byQuery, byNothing]))

/** How an explanation is tested: by the rows of a credit, by a query of its own, or by no record that is supplied. */
type Test =
  | { readonly by: 'credit'; readonly credit: Credit }
  | ({ readonly by: 'query' } & Pick<z.output<typeof byQuery>, 'about' | 'feeds' | 'query' | 'found'>)
  | { readonly by: 'nothing' }

/** An innocent explanation: what it asks, which indicators name it, how the records answer, and what would settle it. */
export type Explanation = {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly explains: Readonly<Record<string, readonly string[]>>
  readonly test: Test
  readonly settledBy: z.output<typeof settledBy>
}

/** All of them, what their queries read from, and what an indicator says that is a caution rather than an explanation. */
export type ExplanationBook = {
  readonly explanations: readonly Explanation[]
  /** SQL of the common table `events`. */
  readonly events: string
  readonly cautions: Readonly<Record<string, readonly string[]>>
}

const folder = join(contentDir, 'explanations')
const cautionsFile = 'cautions.yaml'

/** Owners of records that no feed holds. */
export const otherOwners: readonly string[] = ['survivor engagement', 'roads policing']

/**
 * Reads `content/explanations/`.
 * @throws AppError CONTENT_INVALID
 */
export const readExplanations = (credits: readonly Credit[]): ExplanationBook => {
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.yaml') && file !== cautionsFile)
    .toSorted()
  const explanations = files.flatMap(file =>
    Object.entries(readContent(join(folder, file), fileShape)).map(([id, entry]) =>
      toExplanation(id, entry, credits, basename(file)),
    ),
  )
  const twice = explanations.find((each, at) => explanations.findIndex(other => other.id === each.id) !== at)
  if (twice) throw new AppError('CONTENT_INVALID', `Two explanations are called ${twice.id}.`)
  return {
    explanations,
    events: readSql(join(folder, 'events.sql')),
    cautions: readContent(join(folder, cautionsFile), z.record(z.string(), z.array(words))),
  }
}

const toExplanation = (
  id: string,
  entry: z.output<typeof fileShape>[string],
  credits: readonly Credit[],
  file: string,
): Explanation => {
  if ('credit' in entry) {
    const credit = credits.find(each => each.id === entry.credit)
    if (credit === undefined)
      throw new AppError(
        'CONTENT_INVALID',
        `content/explanations/${file}: ${id} names no credit "${entry.credit}".`,
      )
    const { title, question } = credit
    const { explains: lines, settled_by: settled } = entry
    return { id, title, question, explains: lines, test: { by: 'credit', credit }, settledBy: settled }
  }
  const { title, question, explains: lines, settled_by: settled } = entry
  return {
    id,
    title,
    question,
    explains: lines,
    test:
      'query' in entry
        ? { by: 'query', about: entry.about, feeds: entry.feeds, query: entry.query, found: entry.found }
        : { by: 'nothing' },
    settledBy: settled,
  }
}
