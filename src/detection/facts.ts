import { join } from 'node:path'
import { z } from 'zod'
import { once } from '../core/once.ts'
import { fillLocate } from './lexicon.ts'
import { contentDir, readContent, readSql } from '../core/read-content.ts'

const setting = z.strictObject({
  type: z.enum(['UInt32', 'Float64', 'String', 'Array(String)']),
  value: z.union([z.number(), z.string(), z.array(z.string())]),
  reason: z.string().min(1),
})

const fact = z.strictObject({
  /** Table in the lake. */
  name: z.string().regex(/^[a-z_0-9]+$/),
  file: z.string(),
  meaning: z.string().min(1),
  /** Feeds and facts without which it has no rows: while all are empty its query need not run. */
  sources: z.array(z.string().regex(/^[a-z_0-9]+$/)).optional(),
  /** Time column from which a window is rebuilt; absent where the fact is rebuilt whole. */
  time: z.string().optional(),
  /** Hours before a changed record in which the fact may change too. */
  context_hours: z.number().optional(),
  /** `whole`: made anew each time. `window`: working material, made anew for the days of one build only. */
  rebuild: z.enum(['whole', 'window']).optional(),
  /** Needed whole by every shard: built once, not by shard. */
  broadcast: z.boolean().optional(),
  shard_by: z.string().default('staff_id'),
  order_by: z.array(z.string()).min(1),
  columns: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.string(),
        /** Of which columns the lake works it out as a row is written; absent where the query gives it. */
        made_of: z.string().optional(),
        meaning: z.string().min(1),
      }),
    )
    .min(1),
})

const file = z.strictObject({ settings: z.record(z.string(), setting), facts: z.array(fact).min(1) })

/** A fact and the SQL that makes it: one or more statements, run in order, each adding rows. */
export type Fact = z.output<typeof fact> & { readonly statements: readonly string[] }

export type FactContent = {
  /** In building order. */
  readonly facts: readonly Fact[]
  /** Values every fact and indicator query may name. */
  readonly settings: Readonly<Record<string, number | string | readonly string[]>>
  /** Why each setting has its value. */
  readonly reasons: Readonly<Record<string, string>>
}

/**
 * Reads `content/facts/`, once.
 * @throws AppError CONTENT_INVALID
 */
export const readFacts: () => FactContent = once(() => {
  const dir = join(contentDir, 'facts')
  const content = readContent(join(dir, 'facts.yaml'), file)
  return {
    facts: content.facts.map(each => ({
      ...each,
      statements: statementsOf(fillLocate(readSql(join(dir, each.file)))),
    })),
    settings: Object.fromEntries(Object.entries(content.settings).map(([name, { value }]) => [name, value])),
    reasons: Object.fromEntries(Object.entries(content.settings).map(([name, { reason }]) => [name, reason])),
  }
})

/** The columns that a fact's statements give, in order: those the lake works out are left out. */
export const givenColumns = (fact: Fact): string =>
  fact.columns
    .filter(column => column.made_of === undefined)
    .map(column => column.name)
    .join(', ')

/** Statements of one file are parted by a line that holds only a semicolon. */
const statementsOf = (sql: string): string[] =>
  sql
    .split(/^;\s*$/m)
    .map(statement => statement.trim())
    .filter(statement => statement !== '')
