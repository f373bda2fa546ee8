import { mkdirSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createClient, type ClickHouseClient, type ClickHouseClientConfigOptions } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { AppError, messageOf } from '../core/errors.ts'
import type { Settings } from '../core/settings.ts'
import { keepRows } from './keep-rows.ts'

/** Values bound on the server side as `{name:Type}`: never spliced into SQL. */
export type LakeParams = Readonly<Record<string, unknown>>

/** The analytical store: ClickHouse SQL, embedded or on a server, through one client. */
export type Lake = {
  readonly mode: 'embedded' | 'server'
  /** Rows of a query. 64-bit integers arrive as numbers: counts here stay far below 2^53. */
  readonly rows: <Row>(sql: string, params?: LakeParams) => Promise<Row[]>
  /**
   * Rows of a query that pages ask again and again: given as they were until this process next writes to the lake. Embedded only, where
   * nobody else writes; a server is asked every time.
   */
  readonly kept: <Row>(sql: string, params?: LakeParams) => Promise<readonly Row[]>
  /** Runs a statement that returns nothing. */
  readonly run: (sql: string, params?: LakeParams) => Promise<void>
  /** Inserts rows given as objects named for the columns. */
  readonly insert: (table: string, rows: readonly object[]) => Promise<void>
  /** Runs an insert whose rows come as a stream, in the format the statement names. For a server: embedded, the stream is gathered first. */
  readonly send: (sql: string, body: Readable) => Promise<void>
  /** The client itself, for this folder only. */
  readonly client: ClickHouseClient
  readonly close: () => Promise<void>
}

type LakeSettings = Pick<Settings, 'dataDir' | 'clickhouseUrl' | 'lakeMemoryMb' | 'lakeThreads'>

/** The database every table lives in. */
export const lakeDatabase = 'upstander'

/**
 * Opens the lake: on the server of `CLICKHOUSE_URL`, or in `lake/` of the data folder.
 * @throws AppError LAKE_FAILED
 */
export const openLake = async (settings: LakeSettings): Promise<Lake> => {
  const embedded = settings.clickhouseUrl === undefined
  const client = embedded
    ? embeddedClient(settings)
    : createClient({ url: settings.clickhouseUrl, request_timeout: 3_600_000 })
  const querySettings = {
    // Bounds memory on a big force: sort, group and join spill to disk instead of failing.
    max_memory_usage: String(settings.lakeMemoryMb * 1_000_000),
    max_bytes_before_external_group_by: String(settings.lakeMemoryMb * 400_000),
    max_bytes_before_external_sort: String(settings.lakeMemoryMb * 400_000),
    join_algorithm: 'default' as const,
    // Joins run in the order written: the lake guesses how many rows they give, and on a large force chose one that gave a thousand million.
    query_plan_optimize_join_order_limit: '0',
    ...(settings.lakeThreads > 0 ? { max_threads: settings.lakeThreads } : {}),
    output_format_json_quote_64bit_integers: 0 as const,
    date_time_input_format: 'best_effort' as const,
    mutations_sync: '2' as const,
    lightweight_deletes_sync: '2' as const,
    session_timezone: 'UTC',
    // Each statement runs once a night: compiling it costs more than it gains (a tenth of a small force's detection, nothing on a large).
    compile_expressions: 0 as const,
    compile_aggregate_expressions: 0 as const,
    compile_sort_description: 0 as const,
  }
  const attempt = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw new AppError(
        'LAKE_FAILED',
        `The lake refused a query: ${messageOf(cause)}\n${sql.slice(0, 2_000)}`,
        { cause },
      )
    }
  }
  const kept = keepRows()
  const writing = <T>(sql: string, work: () => Promise<T>): Promise<T> => kept.write(() => attempt(sql, work))
  const rows = <Row>(sql: string, params: LakeParams = {}): Promise<Row[]> =>
    attempt(sql, async () => {
      const result = await client.query({
        query: sql,
        query_params: params,
        format: 'JSONEachRow',
        clickhouse_settings: querySettings,
      })
      return await result.json<Row>()
    })
  const lake: Lake = {
    mode: embedded ? 'embedded' : 'server',
    client,
    rows,
    kept: <Row>(sql: string, params: LakeParams = {}) =>
      embedded ? kept.read(sql, params, () => rows<Row>(sql, params)) : rows<Row>(sql, params),
    run: (sql, params = {}) =>
      writing(sql, async () => {
        await client.command({ query: sql, query_params: params, clickhouse_settings: querySettings })
      }),
    insert: (table, rows) =>
      writing(`insert into ${table}`, async () => {
        if (rows.length > 0) {
          await client.insert({
            table,
            values: rows,
            format: 'JSONEachRow',
            clickhouse_settings: querySettings,
          })
        }
      }),
    send: (sql, body) =>
      writing(sql, async () => {
        const { stream } = await client.exec({
          query: sql,
          values: body,
          clickhouse_settings: querySettings,
        })
        await finished(stream.resume())
      }),
    close: () => client.close(),
  }
  await lake.run(`create database if not exists ${lakeDatabase}`)
  return lake
}

const embeddedClient = (settings: LakeSettings): ClickHouseClient => {
  const path = `${settings.dataDir}/lake`
  mkdirSync(path, { recursive: true, mode: 0o700 })
  try {
    // chDB and the client ship one interface in two packages, which TypeScript cannot see are the same.
    const connection = createChdbConnection({ path }) as unknown as NonNullable<
      ClickHouseClientConfigOptions['connection']
    >
    return createClient({ connection })
  } catch (cause) {
    throw new AppError('LAKE_FAILED', `The lake in ${path} does not open: ${messageOf(cause)}`, { cause })
  }
}
