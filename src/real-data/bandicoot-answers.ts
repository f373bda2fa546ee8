import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Values by the tool's own flat names, such as `percent_nocturnal__allweek__night__call`. */
export type Figures = ReadonlyMap<string, number | null>

/** What bandicoot says of one user. */
export type Answers = {
  readonly name: string
  /** The user's records, from the data set's folder. */
  readonly records: string
  /** Means and spreads over ISO weeks instead of over everything at once. */
  readonly weekly: boolean
  /** Digits after the point, where fewer than all are given. */
  readonly decimals: number | undefined
  readonly figures: Figures
}

const flat = z.record(z.string(), z.unknown())

const expectedFile = z.object({
  manual: z.record(z.string(), z.object({ records: z.string(), decimal: z.number(), values: flat })),
  computed_demo_ego_ungrouped: flat,
  computed_demo_ego_weekly: flat,
})

/** Every user whose answers the data set holds: the demonstration, the hand-worked ones and the tool's own regressions. */
export const bandicootAnswers = (folder: string): Answers[] => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const expected = expectedFile.parse(read('expected.json'))
  const regression = (file: string, user: string) =>
    figuresOf(z.record(z.string(), flat).parse(read(`samples/regressions/${file}`))[user] ?? {})
  const full = { decimals: undefined }
  return [
    {
      name: 'demo/ego',
      records: 'demo/ego.csv',
      weekly: false,
      ...full,
      figures: figuresOf(expected.computed_demo_ego_ungrouped),
    },
    {
      name: 'demo/ego by week',
      records: 'demo/ego.csv',
      weekly: true,
      ...full,
      figures: figuresOf(expected.computed_demo_ego_weekly),
    },
    ...Object.entries(expected.manual).map(([user, { records, decimal, values }]) => ({
      name: `manual ${user}`,
      records,
      weekly: false,
      decimals: decimal,
      figures: figuresOf(values),
    })),
    {
      name: 'manual A by week',
      records: 'samples/manual/A.csv',
      weekly: true,
      ...full,
      figures: regression('manual_a.json', 'A'),
    },
    {
      name: 'sample user',
      records: 'sample_user.csv',
      weekly: false,
      ...full,
      figures: regression('sample_user.json', 'sample_user'),
    },
  ]
}

/**
 * The numbers of a nested or flat answer under flat names. Left out: what describes the run itself, and how a spread is
 * shaped beyond its mean and deviation.
 */
const figuresOf = (answers: Readonly<Record<string, unknown>>): Figures =>
  new Map(
    Object.entries(answers).flatMap(([key, value]): [string, number | null][] => {
      if (
        key === 'name' ||
        key.startsWith('reporting') ||
        /(^|__)(median|skewness|kurtosis|min|max)(__|$)/.test(key)
      )
        return []
      if (value === null || typeof value === 'number') return [[key, value]]
      if (typeof value !== 'object') return []
      return [...figuresOf(value as Record<string, unknown>)].map(([rest, number]) => [
        `${key}__${rest}`,
        number,
      ])
    }),
  )
