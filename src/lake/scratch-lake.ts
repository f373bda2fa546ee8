import { createClient, type ClickHouseClientConfigOptions } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { AppError, messageOf } from '../core/errors.ts'

/** A lake without tables, for reading files beside a lake that lives on a server and cannot see them. */
export type ScratchLake = {
  readonly rows: <Row>(sql: string) => Promise<Row[]>
  readonly run: (sql: string) => Promise<void>
}

/**
 * Does some work on a lake in memory, and puts it away. Only where no embedded lake is open: a process has one.
 * @throws AppError LAKE_FAILED
 */
export const withScratchLake = async <T>(work: (scratch: ScratchLake) => Promise<T>): Promise<T> => {
  // chDB and the client ship one interface in two packages, which TypeScript cannot see are the same.
  const connection = createChdbConnection({ path: ':memory:' }) as unknown as NonNullable<
    ClickHouseClientConfigOptions['connection']
  >
  const client = createClient({ connection })
  const attempt = async <R>(sql: string, run: () => Promise<R>): Promise<R> => {
    try {
      return await run()
    } catch (cause) {
      throw new AppError('LAKE_FAILED', `The lake refused a query: ${messageOf(cause)}\n${sql}`, { cause })
    }
  }
  try {
    return await work({
      rows: <Row>(sql: string) =>
        attempt(sql, async () => {
          const result = await client.query({ query: sql, format: 'JSONEachRow' })
          return await result.json<Row>()
        }),
      run: sql =>
        attempt(sql, async () => {
          await client.command({ query: sql, clickhouse_settings: { session_timezone: 'UTC' } })
        }),
    })
  } finally {
    await client.close()
  }
}
