import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { once } from '../core/once.ts'
import { families, promiseShape, type Matrix } from './matrix.ts'
import { contentDir, readContent, readSql } from '../core/read-content.ts'

const parameter = z.strictObject({
  type: z.enum(['UInt32', 'Int32', 'Float64', 'String', 'Array(String)']),
  value: z.union([z.number(), z.string(), z.array(z.string())]),
  /** Why this value; labelled E (evidence) or J (judgement) by the indicator. */
  reason: z.string().min(1),
})

const shape = z.strictObject({
  /** Most reviews resting on it that people may find explained; the matrix's own where it makes none. */
  promise: promiseShape.optional(),
  /** Number in the catalogue of the evidence base. */
  number: z.int().positive().optional(),
  version: z.int().positive(),
  title: z.string().min(1),
  family: z.enum(families),
  /** What a finding is about: a pair, a member of staff alone, or a person alone (context). */
  unit: z.enum(['pair', 'staff', 'person']),
  /** The independent source it rests on; three that agree earn the bonus. `derived` rests on what others rest on: it never counts. */
  source: z.enum([
    'phone',
    'content',
    'location',
    'look_ups',
    'handset',
    'casework',
    'history',
    'breadth',
    'context',
    'derived',
  ]),
  /** Only `live` counts; `shadow` runs and is shown apart; `retired` does not run. */
  status: z.enum(['live', 'shadow', 'retired']),
  evidence: z.strictObject({ label: z.enum(['E', 'J']), source: z.string().min(1) }),
  question: z.string().min(1),
  feeds: z.array(z.string()).min(1),
  parameters: z.record(z.string(), parameter).default({}),
  /** How the points come about, in words. */
  points: z.string().min(1),
  /** Overrides the family's half-life, in days. */
  half_life_days: z.number().positive().optional(),
  /** Whether the floor for unresolved boundary intelligence holds. */
  floor: z.boolean().default(false),
  /** A later finding takes the place of those before it, rather than adding to what they still weigh: only then may it weigh less. */
  restates: z.boolean().default(false),
  /**
   * Whether it only supports what other records show: a pair must reach the matrix's own minimum without it, and until then its
   * points wait. For evidence that a machine may have misheard.
   */
  supporting: z.boolean().default(false),
  /**
   * Whether it measures each member of staff against the whole force: asked once, as every part of the staff would work out the
   * measure again.
   */
  whole_force: z.boolean().default(false),
  /** Plain-English account of a finding; `{name}` comes from the query's `detail`, `{count}` from its count. */
  sentence: z.string().min(1),
  lawful_explanations: z.array(z.string()).min(1),
  limits: z.array(z.string()).min(1),
  review_steps: z.array(z.string()).min(1),
})

/** One thing we look for: what it asks, from which feeds, with which parameters, and the query that answers. */
export type Indicator = z.output<typeof shape> & {
  /** Name of its folder. */
  readonly id: string
  /** Which of the unit's published changes it runs with, from 1; 0 as the content has it. */
  readonly edition: number
  /** What its points are multiplied by; 1 as the content has it. */
  readonly weight: number
  readonly query: string
  /** Absolute path of its folder. */
  readonly folder: string
}

/** How many false alerts were promised at most, and why. */
export type IndicatorPromise = z.output<typeof promiseShape>

/**
 * Reads every indicator of `content/indicators/<family>/<name>/`, once, in the order of family and name.
 * @throws AppError CONTENT_INVALID
 */
export const readIndicators: () => readonly Indicator[] = once(() => {
  const root = join(contentDir, 'indicators')
  const folders = foldersIn(root).flatMap(family =>
    foldersIn(join(root, family)).map(name => join(root, family, name)),
  )
  const indicators = folders.map(folder => ({
    ...readContent(join(folder, 'indicator.yaml'), shape),
    id: basename(folder),
    edition: 0,
    weight: 1,
    query: readSql(join(folder, 'query.sql')),
    folder,
  }))
  const twice = indicators.find((each, at) => indicators.findIndex(other => other.id === each.id) !== at)
  if (twice) throw new AppError('CONTENT_INVALID', `Two indicators are called ${twice.id}.`)
  return indicators.toSorted(
    (a, b) =>
      a.family.localeCompare(b.family) || (a.number ?? 0) - (b.number ?? 0) || a.id.localeCompare(b.id),
  )
})

const foldersIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(entry => entry.name)
        .sort()
    : []

/** What is promised of an indicator: its own promise, or the one that the matrix makes for all. */
export const promiseOf = (indicator: Pick<Indicator, 'promise'>, matrix: Matrix): IndicatorPromise =>
  indicator.promise ?? matrix.indicator_promise
