import { join } from 'node:path'
import { z } from 'zod'
import type { Lake, LakeParams } from '../lake/lake.ts'
import { contentDir, readContent, readSql } from './read-content.ts'

/** A row of the `stays` fact, as `content/facts/facts.yaml` describes it. Times are `YYYY-MM-DD hh:mm:ss`, UTC. */
export type Stay = {
  readonly unit_id: string
  readonly unit_kind: string
  readonly start_at: string
  readonly end_at: string
  /** Degrees. */
  readonly lat: number
  /** Degrees. */
  readonly lon: number
  readonly radius_m: number
  readonly fixes: number
  readonly level: 'stay' | 'halt'
  readonly certainty: 'known' | 'not_known' | 'corroborates'
  readonly open_ended: boolean
}

/** The rule by itself: what `content/facts/stay.sql` asks of the lake. */
export const staySql = (): string => readSql(join(contentDir, 'facts', 'stay.sql'))

/** The rule's settings, each with its value in `content/facts/facts.yaml`. */
const settingNames = ['stay_radius_m', 'stay_minutes', 'halt_minutes', 'gap_minutes', 'sparse_seconds']

const settingsFile = z.object({ settings: z.record(z.string(), z.object({ value: z.unknown() })) })

/** The values the rule is run with: the settings as written, the whole of time and one shard, but for those given. */
export const stayParams = (overrides: LakeParams = {}): LakeParams => {
  const { settings } = readContent(join(contentDir, 'facts', 'facts.yaml'), settingsFile)
  const values = Object.fromEntries(settingNames.map(name => [name, settings[name]?.value]))
  return { ...values, from: '1970-01-01 00:00:00', shard: 0, shards: 1, ...overrides }
}

/** The stays and halts that the positions in the lake hold, in order of unit and start. */
export const runStayRule = (lake: Lake, overrides: LakeParams = {}): Promise<Stay[]> =>
  lake.rows<Stay>(`select * from (${staySql()}) order by unit_id, start_at, end_at`, stayParams(overrides))
