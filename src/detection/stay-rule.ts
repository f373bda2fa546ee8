import type { Lake, LakeParams } from '../lake/lake.ts'
import { createFactTable } from './build-facts.ts'
import { readFacts, type Fact } from './facts.ts'

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

/** The second half of the rule by itself: stays from the stretches that `fillRests` left in the lake. */
export const staySql = (): string => factOf('stays').statements.join('')

const factOf = (name: string): Fact => {
  const fact = readFacts().facts.find(each => each.name === name)
  if (fact === undefined) throw new Error(`There is no fact ${name}.`)
  return fact
}

/** The first half: the stretches in which a unit may have stood, from the positions in the lake. Replaces those there are. */
export const fillRests = async (lake: Lake, params: LakeParams): Promise<void> => {
  const fact = factOf('rests')
  await createFactTable(lake, fact, true)
  await lake.run(`insert into upstander.rests\n${fact.statements.join('')}`, params)
}

/** The rule's settings, each with its value in `content/facts/facts.yaml`. */
const settingNames = ['stay_radius_m', 'stay_minutes', 'halt_minutes', 'gap_minutes', 'sparse_seconds']

/** The values the rule is run with: the settings as written, the whole of time and one shard, but for those given. */
export const stayParams = (overrides: LakeParams = {}): LakeParams => {
  const { settings } = readFacts()
  const values = Object.fromEntries(settingNames.map(name => [name, settings[name]]))
  return { ...values, from: '1970-01-01 00:00:00', shard: 0, shards: 1, ...overrides }
}

/** The stays and halts that the positions in the lake hold, in order of unit and start. */
export const runStayRule = async (lake: Lake, overrides: LakeParams = {}): Promise<Stay[]> => {
  const params = stayParams(overrides)
  await fillRests(lake, params)
  return lake.rows<Stay>(`select * from (${staySql()}) order by unit_id, start_at, end_at`, params)
}
