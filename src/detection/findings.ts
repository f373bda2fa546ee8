import type { StartProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { readCredits } from './credits.ts'
import type { Exception } from './exceptions.ts'
import { setAsideExcepted } from './exceptions.ts'
import { readFacts } from './facts.ts'
import { createFindingTables, type FindingTable } from './finding-tables.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { readMatrix } from './matrix.ts'
import { figuresOf } from './sentence.ts'

export type FindDeps = {
  readonly lake: Lake
  readonly progress: StartProgress
  /** Where the posts are read that are left out on purpose, also when no indicator may read them; `lake` when absent. */
  readonly postsFrom?: Lake
}

export type FindScope = {
  /** Parts the staff are cut into; any number gives the same findings. */
  readonly shards?: number
  /** As they run, with the unit's published changes; the content's own when absent. */
  readonly indicators?: readonly Indicator[]
  readonly exceptions?: readonly Exception[]
}

/**
 * Runs every indicator once over all history and replaces the findings: those whose evidence has gone are withdrawn by it.
 * A finding carries the day on which its evidence became sufficient. What an exception covers is kept apart.
 */
export const findAll = async (deps: FindDeps, scope: FindScope = {}): Promise<void> => {
  const { lake } = deps
  const indicators = (scope.indicators ?? readIndicators()).filter(each => each.status !== 'retired')
  await createFindingTables(lake, ['findings_next', 'shadow_findings'])
  const step = deps.progress('Running indicators', indicators.length, 'indicators')
  let done = 0
  for (const indicator of indicators) {
    await findOne(
      lake,
      indicator,
      indicator.status === 'shadow' ? 'shadow_findings' : 'findings_next',
      scope.shards,
    )
    step.update(++done)
  }
  step.end()
  const postsFrom = deps.postsFrom ?? lake
  await leaveOutExcludedPosts(postsFrom, 'findings_next')
  await leaveOutExcludedPosts(postsFrom, 'shadow_findings')
  await setAsideExcepted(lake, 'findings_next', 'excepted_findings', scope.exceptions ?? [])
  await lake.run('exchange tables upstander.findings and upstander.findings_next')
  await lake.run('truncate table upstander.findings_next')
}

/** What the last run found, for a draft of an indicator that builds on what others find: the table of a run is empty between runs. */
export const lastFindings = `(select * from upstander.findings union all select * except (exception) from upstander.excepted_findings)`

/**
 * Runs one indicator over all history and adds its findings to a table.
 * @param builtOn what an indicator reads that builds on others; what the run has found so far when absent
 */
export const findOne = async (
  lake: Lake,
  given: Indicator,
  into: FindingTable,
  shards = 1,
  builtOn = 'upstander.findings_next',
): Promise<void> => {
  const indicator = { ...given, query: given.query.replaceAll('upstander.findings_next', builtOn) }
  const { settings } = readFacts()
  // What is about a person, or measures against everybody, is of no part of the staff.
  const parts = indicator.whole_force || indicator.unit === 'person' ? 1 : shards
  for (let shard = 0; shard < parts; shard++) {
    await lake.run(insertOf(indicator, into), {
      ...settings,
      ...valuesOf(indicator),
      points_weight: indicator.weight,
      shard,
      shards: parts,
    })
  }
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

const insertOf = (indicator: Indicator, into: FindingTable): string => {
  const resolved = /\bas resolved_on\b/.test(indicator.query) ? 'resolved_on' : `toDate('2106-01-01')`
  return `insert into upstander.${into}
    select '${indicator.id}', ${indicator.version}, ${indicator.edition}, '${indicator.family}', '${indicator.unit}', staff_id, person_id, found_on,
      toFloat64(points) * {points_weight:Float64}, toUInt32(count), first_at, last_at, evidence,
      mapUpdate(cast(detail, 'Map(String, String)'), ${saidParameters(indicator)}), ${resolved}
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
export const leaveOutExcludedPosts = async (lake: Lake, table: FindingTable): Promise<void> => {
  const posts = readMatrix().excluded_posts.posts
  const excluded = await lake.rows<{ staff_id: string }>(
    'select distinct staff_id from upstander.postings where has({posts:Array(String)}, toString(post))',
    { posts },
  )
  if (excluded.length === 0) return
  await lake.run(
    `delete from upstander.${table} where (staff_id, found_on) in (
       select f.staff_id, f.found_on
       from upstander.${table} f
       join upstander.postings p on p.staff_id = f.staff_id
       where has({posts:Array(String)}, toString(p.post)) and p.from_on <= f.found_on and (p.to_on is null or p.to_on >= f.found_on))`,
    { posts },
  )
}
