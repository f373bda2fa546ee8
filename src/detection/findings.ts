import type { StartProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { readCredits } from './credits.ts'
import { readFacts } from './facts.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { readMatrix } from './matrix.ts'
import { figuresOf } from './sentence.ts'

const findingColumns = `indicator LowCardinality(String), version UInt16, family LowCardinality(String), unit LowCardinality(String),
  staff_id String, person_id String, found_on Date, points Float64, count UInt32, first_at DateTime, last_at DateTime,
  evidence Array(String), detail Map(String, String), resolved_on Date`
const creditColumns = `credit LowCardinality(String), family LowCardinality(String), role Bool, staff_id String, person_id String,
  from_on Date, to_on Date, points Float64, record_id String`

const findingOrder = 'staff_id, person_id, indicator, found_on'
const resultTables = {
  findings: `(${findingColumns}) engine = MergeTree order by (${findingOrder})`,
  findings_next: `(${findingColumns}) engine = MergeTree order by (${findingOrder})`,
  shadow_findings: `(${findingColumns}) engine = MergeTree order by (${findingOrder})`,
  credits: `(${creditColumns}) engine = MergeTree order by (staff_id, person_id, family)`,
} as const
type ResultTable = keyof typeof resultTables

/** Makes the tables of findings and credits where they are missing, and those named anew and empty. */
const createFindingTables = async (lake: Lake, anew: readonly ResultTable[] = []): Promise<void> => {
  for (const [name, shape] of Object.entries(resultTables)) {
    const verb = anew.includes(name as ResultTable) ? 'create or replace table' : 'create table if not exists'
    await lake.run(`${verb} upstander.${name} ${shape}`)
  }
}

export type FindDeps = { readonly lake: Lake; readonly progress: StartProgress }

/**
 * Runs every indicator once over all history and replaces the findings: those whose evidence has gone are withdrawn by it.
 * A finding carries the day on which its evidence became sufficient.
 */
export const findAll = async (
  deps: FindDeps,
  scope: { readonly shards?: number; readonly indicators?: readonly Indicator[] } = {},
): Promise<void> => {
  const { lake } = deps
  const indicators = (scope.indicators ?? readIndicators()).filter(each => each.status !== 'retired')
  const { settings } = readFacts()
  const shards = scope.shards ?? 1
  await createFindingTables(lake, ['findings_next', 'shadow_findings'])
  const step = deps.progress('Running indicators', indicators.length, 'indicators')
  let done = 0
  for (const indicator of indicators) {
    for (let shard = 0; shard < (indicator.unit === 'person' ? 1 : shards); shard++) {
      await lake.run(insertOf(indicator), { ...settings, ...valuesOf(indicator), shard, shards })
    }
    step.update(++done)
  }
  step.end()
  await leaveOutExcludedPosts(lake)
  await lake.run('exchange tables upstander.findings and upstander.findings_next')
  await lake.run('truncate table upstander.findings_next')
}

/** Looks for every innocent explanation in the records. */
export const creditAll = async (deps: FindDeps, shards = 1): Promise<void> => {
  const { settings } = readFacts()
  await createFindingTables(deps.lake, ['credits'])
  for (const credit of readCredits()) {
    for (let shard = 0; shard < shards; shard++) {
      await deps.lake.run(
        `insert into upstander.credits
         select '${credit.id}', arrayJoin([${credit.families.map(name => `'${name}'`).join(', ')}]), ${String(credit.role)},
           staff_id, person_id, from_on, to_on, points, record_id
         from (${credit.query})`,
        { ...settings, shard, shards },
      )
    }
  }
}

const valuesOf = (indicator: Indicator): Record<string, unknown> =>
  Object.fromEntries(Object.entries(indicator.parameters).map(([name, { value }]) => [name, value]))

const insertOf = (indicator: Indicator): string => {
  const resolved = /\bas resolved_on\b/.test(indicator.query) ? 'resolved_on' : `toDate('2106-01-01')`
  const target = indicator.status === 'shadow' ? 'shadow_findings' : 'findings_next'
  return `insert into upstander.${target}
    select '${indicator.id}', ${indicator.version}, '${indicator.family}', '${indicator.unit}', staff_id, person_id, found_on,
      toFloat64(points), toUInt32(count), first_at, last_at, evidence, mapUpdate(cast(detail, 'Map(String, String)'), ${saidParameters(indicator)}), ${resolved}
    from (${indicator.query})`
}

/** The parameters that the indicator's account names, as they stood in this run: a finding goes on saying what it rests on. */
const saidParameters = ({ sentence, parameters }: Indicator): string => {
  const said = figuresOf(sentence).flatMap(name => {
    const value = parameters[name]?.value
    return typeof value === 'number' ? [`'${name}', '${String(value)}'`] : []
  })
  return `cast(map(${said.join(', ')}), 'Map(String, String)')`
}

/** Members of staff whose post is handled elsewhere on purpose are left out, whatever an indicator says. */
const leaveOutExcludedPosts = async (lake: Lake): Promise<void> => {
  const posts = readMatrix().excluded_posts.posts
  const excluded = await lake.rows<{ staff_id: string }>(
    'select distinct staff_id from upstander.postings where has({posts:Array(String)}, toString(post))',
    { posts },
  )
  if (excluded.length === 0) return
  await lake.run(
    `delete from upstander.findings_next where (staff_id, found_on) in (
       select f.staff_id, f.found_on
       from upstander.findings_next f
       join upstander.postings p on p.staff_id = f.staff_id
       where has({posts:Array(String)}, toString(p.post)) and p.from_on <= f.found_on and (p.to_on is null or p.to_on >= f.found_on))`,
    { posts },
  )
}
