import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { startPrivatePostgres } from '../src/casework-store/private-postgres.ts'
import { readSettings } from '../src/core/settings.ts'
import { createFactTables } from '../src/detection/build-facts.ts'
import { fillRests, stayParams, staySql } from '../src/detection/stay-rule.ts'
import { openLake } from '../src/lake/lake.ts'
import { plainRule } from './stay-rows.ts'

/** What is timed: our rule, or the plain rule on one of three databases. */
export const engines = [
  'upstander',
  'plain rule in ClickHouse',
  'plain rule in DuckDB',
  'plain rule in PostgreSQL',
] as const
export type Engine = (typeof engines)[number]

/** Where the rows lie: the data folder of a lake that holds them, and a CSV file of the same. */
export type Rows = { readonly dataDir: string; readonly csv: string }

/** Loading is not counted. Processor seconds tell what a busy machine hides. */
export type Timing = {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly stays: number
  readonly peakMb: number
}

/** Finds the stays of some rows with one engine, in this process (PostgreSQL has its own). */
export const timeEngine = (engine: Engine, rows: Rows): Promise<Timing> =>
  ({
    upstander: ours,
    'plain rule in ClickHouse': clickhouse,
    'plain rule in DuckDB': duckdb,
    'plain rule in PostgreSQL': postgres,
  })[engine](rows)

type Timed<T> = { readonly seconds: number; readonly cpuSeconds: number; readonly result: T }

const timed = async <T>(work: () => Promise<T>, cpu: () => number = ownCpu): Promise<Timed<T>> => {
  const [start, busy] = [performance.now(), cpu()]
  const result = await work()
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: cpu() - busy, result }
}

/** Processor seconds of this process so far. */
const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const ownPeakMb = (): number => process.resourceUsage().maxRSS / 1024

const ours = async ({ dataDir }: Rows): Promise<Timing> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  try {
    await createFactTables(lake)
    await lake.run('truncate table upstander.stays')
    const { seconds, cpuSeconds } = await timed(async () => {
      await fillRests(lake, stayParams())
      await lake.run(`insert into upstander.stays\n${staySql()}`, stayParams())
    })
    const [found] = await lake.rows<{ n: number }>(
      `select count() as n from upstander.stays where level = 'stay'`,
    )
    return { seconds, cpuSeconds, stays: found?.n ?? 0, peakMb: ownPeakMb() }
  } finally {
    await lake.close()
  }
}

const clickhouse = async ({ dataDir }: Rows): Promise<Timing> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  try {
    const table = '(select unit_id, toInt64(toUnixTimestamp(at)) as t, lat, lon from upstander.positions)'
    const { seconds, cpuSeconds, result } = await timed(() =>
      lake.rows<{ n: number }>(`select count() as n from (${plainRule(table)})`),
    )
    return { seconds, cpuSeconds, stays: result[0]?.n ?? 0, peakMb: ownPeakMb() }
  } finally {
    await lake.close()
  }
}

const duckdb = async ({ csv }: Rows): Promise<Timing> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run('create table positions (unit_id varchar, t bigint, lat double, lon double)')
  await connection.run(`copy positions from '${csv}' (header false)`)
  const { seconds, cpuSeconds, result } = await timed(() =>
    connection.runAndReadAll(`select count(*) from (${plainRule('positions')}) as stays`),
  )
  return { seconds, cpuSeconds, stays: Number(result.getRows()[0]?.[0]), peakMb: ownPeakMb() }
}

const postgres = async ({ csv }: Rows): Promise<Timing> => {
  const server = await startPrivatePostgres()
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    await client.query('create unlogged table positions (unit_id text, t bigint, lat float8, lon float8)')
    await client.query(`copy positions from '${csv}' csv`)
    await client.query('alter table positions add primary key (unit_id, t)')
    await client.query('vacuum analyze positions')
    await client.query(`set work_mem = '512MB'`)
    const backend = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const pid = backend.rows[0]?.pid ?? 0
    const { seconds, cpuSeconds, result } = await timed(
      () => client.query<{ n: string }>(`select count(*) as n from (${plainRule('positions')}) as stays`),
      () => cpuOf(pid),
    )
    const peakMb = peakOf(pid)
    return { seconds, cpuSeconds, stays: Number(result.rows[0]?.n), peakMb }
  } finally {
    await client.end()
    await server.stop()
  }
}

/** Most memory another process has held, in megabytes, as Linux counts it. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** Processor seconds of another process so far, at Linux's hundred ticks a second. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
