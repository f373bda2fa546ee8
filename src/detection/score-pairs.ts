import { join } from 'node:path'
import type { Lake } from '../lake/lake.ts'
import { readCredits } from './credits.ts'
import { readFacts } from './facts.ts'
import { readIndicators } from './indicators.ts'
import { readMatrix, type Matrix } from './matrix.ts'
import { contentDir, readSql } from '../core/read-content.ts'

export type ScoreScope = {
  /** Days (`YYYY-MM-DD`) on which every pair is scored beside those on which something changed. */
  readonly extraDays: readonly string[]
  readonly shards?: number
  /**
   * Scores another table of findings into tables of its own, leaving what counts alone: `draft` what a draft would find,
   * `unexcepted` what would count without exceptions. Rules and lapsed credits are those of the last detection.
   */
  readonly instead?: 'draft' | 'unexcepted'
}

/**
 * Scores every pair on every day on which something changed, in one pass over the findings and credits.
 * Fills `upstander.scores`, or `upstander.<instead>_scores`.
 */
export const scorePairs = async (lake: Lake, scope: ScoreScope): Promise<void> => {
  const matrix = readMatrix()
  const named = tableNames(scope.instead)
  await createScoreTables(lake, scope.instead)
  if (scope.instead === undefined) await loadRules(lake, matrix)
  const parameters = {
    ...readFacts().settings,
    ...voidParameters(matrix),
    ...parametersOf(matrix),
    extra_days: scope.extraDays,
  }
  const shards = scope.shards ?? 1
  for (let shard = 0; shard < shards; shard++) {
    if (shard > 0) for (const table of tablesOfOneShard) await createScoreTable(lake, named(table), table)
    for (const { table, file } of scoreSteps) {
      if (scope.instead !== undefined && table === 'credit_voids') continue
      const sql = readSql(join(contentDir, 'score', file))
      await lake.run(`insert into upstander.${named(table)}\n${withNames(sql, named)}`, {
        ...parameters,
        shard,
        shards,
      })
    }
  }
}

/** In order. Each step has a table of its own: a query works out a part again wherever it names it. */
const scoreSteps = [
  { table: 'credit_voids', file: 'credit-void.sql' },
  { table: 'score_weights', file: 'weight.sql' },
  { table: 'score_days', file: 'day.sql' },
  { table: 'score_family_days', file: 'family-day.sql' },
  { table: 'scores', file: 'pair.sql' },
] as const

const tablesOfOneShard = ['score_weights', 'score_days', 'score_family_days'] as const

/** Tables that another set of findings has of its own. */
const ownTables: readonly string[] = ['findings', 'scores', ...tablesOfOneShard]

type Names = (table: string) => string

const tableNames =
  (instead: ScoreScope['instead']): Names =>
  table =>
    instead !== undefined && ownTables.includes(table) ? `${instead}_${table}` : table

const withNames = (sql: string, named: Names): string =>
  sql.replaceAll(/\bupstander\.(\w+)/g, (_, table: string) => `upstander.${named(table)}`)

const scoreTables = {
  scores: `(staff_id String, person_id String, on_day Date, points Float64, band LowCardinality(String), bonus Float64, parts String)
    engine = MergeTree order by (staff_id, person_id, on_day)`,
  credit_voids: `(staff_id String, person_id String, family LowCardinality(String), credit LowCardinality(String), day Date)
    engine = MergeTree order by (staff_id, person_id)`,
  score_weights: `(unit LowCardinality(String), staff_id String, person_id String, indicator LowCardinality(String), found_on Date,
    family LowCardinality(String), source String, half_life Float64, floored Bool, supporting Bool, grown Float64, highest Float64, resolved_on Date)
    engine = MergeTree order by (staff_id, person_id, indicator)`,
  score_days: `(staff_id String, person_id String, on_day Date) engine = MergeTree order by (staff_id, person_id)`,
  score_family_days: `(staff_id String, person_id String, on_day Date, family LowCardinality(String),
    items Array(Tuple(Float64, String, String, Date, Bool)), raw_points Float64) engine = MergeTree order by (staff_id, person_id)`,
  score_rules: `(indicator String, family String, source String, half_life Float64, floored Bool, restates Bool, supporting Bool) engine = MergeTree order by indicator`,
  score_families: `(family String, cap Float64, tops_up Array(String)) engine = MergeTree order by family`,
} as const

type ScoreTable = keyof typeof scoreTables

/** Makes the score tables anew and empty; for another set of findings, only those it has of its own. */
const createScoreTables = async (lake: Lake, instead: ScoreScope['instead']): Promise<void> => {
  const named = tableNames(instead)
  for (const name of Object.keys(scoreTables) as ScoreTable[])
    if (instead === undefined || named(name) !== name) await createScoreTable(lake, named(name), name)
}

const createScoreTable = (lake: Lake, name: string, like: ScoreTable): Promise<void> =>
  lake.run(`create or replace table upstander.${name} ${scoreTables[like]}`)

const loadRules = async (lake: Lake, matrix: Matrix): Promise<void> => {
  await lake.insert(
    'upstander.score_rules',
    readIndicators().map(each => ({
      indicator: each.id,
      family: each.family,
      source: each.source,
      // Zero stands for "does not fade".
      half_life: each.half_life_days ?? matrix.families[each.family].half_life_days ?? 0,
      floored: each.floor,
      restates: each.restates,
      supporting: each.supporting,
    })),
  )
  await lake.insert(
    'upstander.score_families',
    Object.entries(matrix.families).map(([family, { cap, tops_up }]) => ({ family, cap, tops_up })),
  )
}

const voidParameters = (matrix: Matrix): Record<string, unknown> => {
  const roles = readCredits().filter(each => each.role)
  return {
    times_p99: matrix.credit_void.times_p99,
    least_share_made: matrix.credit_void.least_share_made,
    credits: roles.map(each => each.id),
    usual_p99: roles.map(each => each.usual_p99_28d?.value ?? 0),
    usual_parts: roles.map(each => each.usual_p99_28d?.parts ?? []),
  }
}

/** Powers of two are taken from this day on (2000-01-01), so that they stay far inside what a double can hold. */
const epochDay = 10_957

const parametersOf = (matrix: Matrix): Record<string, number> => ({
  epoch_day: epochDay,
  second_share: matrix.second_share,
  floor_share: matrix.floor_share.value,
  void_days: matrix.credit_void.lasts_days,
  agreement_sources: matrix.agreement.sources,
  agreement_points: matrix.agreement.points,
  own_minimum: matrix.own_minimum.points,
  ...Object.fromEntries(matrix.bands.map(each => [`${each.band}_at`, each.points])),
})
