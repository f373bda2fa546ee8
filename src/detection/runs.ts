import type { Clock } from '../core/clock.ts'
import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import type { DetectResult } from './detect-result.ts'

/** A run of detection as the overview shows it. Times are ISO, UTC. */
export type Run = {
  readonly id: number
  readonly startedAt: string
  /** Empty while running, or when the run was killed. */
  readonly endedAt: string
  readonly ended: boolean
  /** Newest batch of records it saw. */
  readonly throughBatch: number
  /** Hash of facts, settings and lexicon. */
  readonly content: string
  /** What it did; undefined when it did not end. */
  readonly result: DetectResult | undefined
}

const createRuns = (lake: Lake): Promise<void> =>
  lake.run(`create table if not exists upstander.detection_runs (id UInt64, event LowCardinality(String), at DateTime('UTC'), through_batch UInt32,
    content String, result String) engine = MergeTree order by (id, event)`)

/** Writes down that a run has begun, so that one which is killed is noticed. */
export const beginRun = async (
  lake: Lake,
  clock: Clock,
  about: Pick<Run, 'throughBatch' | 'content'>,
): Promise<number> => {
  await createRuns(lake)
  const [row] = await lake.rows<{ id: number }>('select max(id) + 1 as id from upstander.detection_runs')
  const id = row?.id ?? 1
  await lake.insert('upstander.detection_runs', [
    {
      id,
      event: 'begun',
      at: stamp(clock),
      through_batch: about.throughBatch,
      content: about.content,
      result: '',
    },
  ])
  return id
}

/** Writes down that a run has ended, and what it did. */
export const endRun = (lake: Lake, clock: Clock, id: number, result: DetectResult): Promise<void> =>
  lake.insert('upstander.detection_runs', [
    { id, event: 'ended', at: stamp(clock), through_batch: 0, content: '', result: JSON.stringify(result) },
  ])

/** The runs of detection, newest first. */
export const readRuns = async (lake: Lake, limit = 10): Promise<Run[]> => {
  if (!(await builtTables(lake)).has('detection_runs')) return []
  const rows = await lake.kept<{
    id: number
    started: string
    ended: string
    batch: number
    content: string
    result: string
  }>(
    `select id, toString(minIf(at, event = 'begun')) as started, if(countIf(event = 'ended') > 0, toString(maxIf(at, event = 'ended')), '') as ended,
       max(through_batch) as batch, max(content) as content, max(result) as result
     from upstander.detection_runs group by id order by id desc limit {limit:UInt32}`,
    { limit },
  )
  return rows.map(row => ({
    id: row.id,
    startedAt: iso(row.started),
    endedAt: row.ended === '' ? '' : iso(row.ended),
    ended: row.ended !== '',
    throughBatch: row.batch,
    content: row.content,
    result: row.result === '' ? undefined : (JSON.parse(row.result) as DetectResult),
  }))
}

/** The newest run, ended or not. */
export const lastRun = async (lake: Lake): Promise<Run | undefined> => (await readRuns(lake, 1))[0]

const stamp = (clock: Clock): string => clock.now().toISOString().slice(0, 19).replace('T', ' ')
const iso = (text: string): string => `${text.replace(' ', 'T')}Z`
