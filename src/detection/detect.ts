import { dayOf, type Clock } from '../core/clock.ts'
import type { StartProgress } from '../core/progress.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { askedOf, contentHash } from './asked.ts'
import { buildFacts } from './build-facts.ts'
import type { Exception } from './exceptions.ts'
import { readFacts } from './facts.ts'
import type { DetectResult } from './detect-result.ts'
import { creditAll, findAll } from './findings.ts'
import { readIndicators } from './indicators.ts'
import { beginRun, endRun, lastRun } from './runs.ts'
import { scorePairs } from './score-pairs.ts'
import { withTunings, type Tuning } from './tunings.ts'
import { indicatorsWithout, withoutFeeds } from './without-feeds.ts'
import { scoreUnexcepted } from './unexcepted.ts'

export type DetectDeps = { readonly lake: Lake; readonly clock: Clock; readonly progress: StartProgress }

export type DetectOptions = {
  /** Build every fact again even where nothing changed. */
  readonly full?: boolean
  /** Days on which every pair is scored, beside the last day of the records and those on which something changed. */
  readonly extraDays?: readonly string[]
  /** Parts the staff are cut into; chosen from the number of records when absent. Any number gives the same findings. */
  readonly shards?: number
  /** What the unit changed about the content; nothing when absent. */
  readonly rules?: DetectionRules
}

/** What a unit decided about detection in its own force: laid over the content, never written into it. */
export type DetectionRules = {
  readonly tunings: readonly Tuning[]
  readonly exceptions: readonly Exception[]
  /** Feeds without a current lawful basis, which nothing reads; none when absent. */
  readonly unread?: readonly string[]
}

const noRules: DetectionRules = { tunings: [], exceptions: [] }

/**
 * From records to scored pairs: facts for what changed, then every indicator, credit and score over all history.
 * A run that was killed is noticed, and the next one builds everything again.
 */
export const detect = async (deps: DetectDeps, options: DetectOptions = {}): Promise<DetectResult> => {
  const { lake, clock } = deps
  const rules = options.rules ?? noRules
  const unread = rules.unread ?? []
  const reading = { ...deps, lake: await withoutFeeds(lake, unread), postsFrom: lake }
  const startedAt = performance.now()
  const lastDay = await lastDayOf(lake, clock)
  const shards = options.shards ?? (await shardsFor(lake))
  const content = contentHash(unread)
  const change = await whatChanged(lake, content, options.full === true)
  const run = await beginRun(lake, clock, { throughBatch: change.throughBatch, content })
  if (change.rebuild !== 'nothing') await buildFacts(reading, { from: change.from, shards })
  await creditAll(reading, shards)
  const all = withTunings(readIndicators(), rules.tunings)
  const indicators = indicatorsWithout(all, unread)
  await findAll(reading, { shards, indicators, exceptions: rules.exceptions })
  await scorePairs(lake, {
    extraDays: [...(lastDay === '' ? [] : [lastDay]), ...(options.extraDays ?? [])],
    shards,
  })
  await scoreUnexcepted(lake, lastDay, shards)
  const [count] = await lake.rows<{ findings: number; pairs: number }>(
    `select (select count() from upstander.findings) as findings, (select uniqExact(staff_id, person_id) from upstander.scores) as pairs`,
  )
  const result: DetectResult = {
    lastDay,
    rebuilt: change.rebuild,
    findings: count?.findings ?? 0,
    pairs: count?.pairs ?? 0,
    seconds: (performance.now() - startedAt) / 1000,
    explained: await explainedShares(lake),
    unread,
    asked: askedOf(indicators, content),
    notRun: all.filter(each => !indicators.includes(each) && each.status !== 'retired').map(each => each.id),
  }
  await endRun(lake, clock, run, result)
  return result
}

type Change = {
  readonly rebuild: DetectResult['rebuilt']
  readonly from: Date | undefined
  readonly throughBatch: number
}

const whatChanged = async (lake: Lake, content: string, full: boolean): Promise<Change> => {
  const [newest] = await lake.rows<{ batch: number }>('select max(batch_id) as batch from upstander.batches')
  const throughBatch = newest?.batch ?? 0
  const previous = await lastRun(lake)
  if (full || previous === undefined || !previous.ended || previous.content !== content) {
    return { rebuild: 'everything', from: undefined, throughBatch }
  }
  if (previous.throughBatch >= throughBatch) return { rebuild: 'nothing', from: undefined, throughBatch }
  // A feed with no event time of its own, such as units, may change any fact; one that no fact reads, such as people, changes none.
  const [since] = await lake.rows<{ from: string | null; timeless: number }>(
    `select toString(min(min_event_at)) as from, countIf(min_event_at is null) as timeless
     from upstander.batches
     where batch_id > {batch:UInt32} and accepted > unchanged and has({feeds:Array(String)}, toString(feed))`,
    { batch: previous.throughBatch, feeds: tablesReadByFacts() },
  )
  if (since?.from == null || since.timeless > 0) {
    return {
      rebuild: since?.from == null && since?.timeless === 0 ? 'nothing' : 'everything',
      from: undefined,
      throughBatch,
    }
  }
  return { rebuild: 'changes', from: new Date(`${since.from.replace(' ', 'T')}Z`), throughBatch }
}

const tablesReadByFacts = (): string[] => [
  ...new Set(
    readFacts().facts.flatMap(({ statements }) =>
      statements.flatMap(sql => [...sql.matchAll(/upstander\.(\w+)/g)].map(([, table = '']) => table)),
    ),
  ),
]

/** The newest day of feeds that say what happened; those that also hold plans, such as due dates, do not count. */
const lastDayOf = async (lake: Lake, clock: Clock): Promise<string> => {
  const [row] = await lake.rows<{ last: string; rows: number }>(
    `select toString(toDate(max(max_event_at))) as last, countIf(max_event_at is not null) as rows
     from upstander.batches where not has({plans:Array(String)}, toString(feed))`,
    {
      plans: readFeeds()
        .feeds.filter(feed => feed.eventTime?.mayBeFuture === true)
        .map(feed => feed.name),
    },
  )
  if (row === undefined || row.rows === 0) return ''
  const today = dayOf(clock.now())
  return row.last <= today ? row.last : today
}

/** Two million records take about a gigabyte, and joins of as many stay fast; every part costs the planning of all statements again. */
const recordsPerShard = 5_000_000

/** Parts the staff are cut into, so that memory stays bounded. */
export const shardsFor = async (lake: Lake): Promise<number> => {
  const [row] = await lake.rows<{ records: number }>(
    'select (select count() from upstander.system_access) + (select count() from upstander.billing) + (select count() from upstander.messages) as records',
  )
  return Math.max(1, Math.ceil((row?.records ?? 0) / recordsPerShard))
}

const explainedShares = async (lake: Lake): Promise<Record<string, number>> => {
  const rows = await lake.rows<{ name: string; share: number }>(
    `select if(fact = '', 'all', toString(fact)) as name, countIf(explained) / count() as share
     from upstander.purposes group by rollup(fact)`,
  )
  return Object.fromEntries(rows.map(row => [row.name, row.share]))
}
