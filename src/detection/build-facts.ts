import type { StartProgress } from '../core/progress.ts'
import type { Lake, LakeParams } from '../lake/lake.ts'
import { givenColumns, readFacts, type Fact, type FactContent } from './facts.ts'
import { lexiconParameters } from './lexicon.ts'

export type BuildDeps = { readonly lake: Lake; readonly progress: StartProgress }

export type BuildScope = {
  /** Rebuild only what records from this moment on may change; undefined rebuilds everything. */
  readonly from?: Date | undefined
  /** Parts the staff are cut into, to bound memory. Every number gives the same facts. */
  readonly shards?: number
}

const beginning = new Date(0)

/** Makes the tables of every fact where they are missing. */
export const createFactTables = async (lake: Lake, content: FactContent = readFacts()): Promise<void> => {
  for (const fact of content.facts) await createFactTable(lake, fact, false)
}

/**
 * Makes one fact's table where it is missing, or anew and empty. `shards` are the parts the staff are cut into: each lies by itself,
 * so that a query which keeps to one shard reads no other.
 */
export const createFactTable = (lake: Lake, fact: Fact, anew: boolean, shards = 1): Promise<void> => {
  const columns = fact.columns
    .map(({ name, type, made_of: of }) => `${name} ${type}${of === undefined ? '' : ` materialized ${of}`}`)
    .join(', ')
  return lake.run(
    `${anew ? 'create or replace table' : 'create table if not exists'} upstander.${fact.name} (${columns})
     engine = MergeTree ${partsOf(fact, shards)} order by (${fact.order_by.join(', ')})`,
  )
}

/** The very words by which queries keep to a shard: the lake leaves other parts out only where both say the same. */
const partsOf = (fact: Fact, shards: number): string =>
  shards > 1 && fact.broadcast !== true && fact.columns.some(({ name }) => name === fact.shard_by)
    ? `partition by cityHash64(${fact.shard_by}) % ${shards}`
    : ''

/** Builds every fact from the records, in order: set-based, a shard of the staff at a time. */
export const buildFacts = async (deps: BuildDeps, scope: BuildScope = {}): Promise<void> => {
  const content = readFacts()
  const parameters = { ...content.settings, ...lexiconParameters() }
  await createFactTables(deps.lake, content)
  const step = deps.progress('Building facts', content.facts.length, 'facts')
  let done = 0
  for (const fact of content.facts) {
    await buildFact(deps.lake, fact, parameters, scope)
    step.update(++done)
  }
  step.end()
}

const buildFact = async (lake: Lake, fact: Fact, settings: LakeParams, scope: BuildScope): Promise<void> => {
  const from =
    (fact.time === undefined && fact.rebuild !== 'window') || scope.from === undefined
      ? beginning
      : before(scope.from, fact.context_hours ?? 0)
  // Whole facts are made anew, so that a changed column needs no migration.
  if (from === beginning || fact.rebuild === 'window') await createFactTable(lake, fact, true, scope.shards)
  else
    await lake.run(`delete from upstander.${fact.name} where ${fact.time ?? ''} >= {from:DateTime}`, {
      from: bound(from),
    })
  if (fact.sources !== undefined && !(await anyRows(lake, fact.sources))) return
  const shards = fact.broadcast === true ? 1 : (scope.shards ?? 1)
  const columns = givenColumns(fact)
  for (let shard = 0; shard < shards; shard++) {
    for (const statement of fact.statements) {
      await lake.run(`insert into upstander.${fact.name} (${columns})\n${statement}`, {
        ...settings,
        from: bound(from),
        shard,
        shards,
      })
    }
  }
}

const anyRows = async (lake: Lake, tables: readonly string[]): Promise<boolean> => {
  const filled = tables.map(table => `exists(select 1 from upstander.${table})`)
  const [row] = await lake.rows<{ filled: number }>(`select toUInt8(${filled.join(' or ')}) as filled`)
  return row?.filled === 1
}

const before = (moment: Date, hours: number): Date => new Date(moment.getTime() - hours * 3_600_000)

/** A moment as the lake binds it: `YYYY-MM-DD HH:MM:SS`, UTC. */
const bound = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ')
