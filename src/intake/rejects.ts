import { lakeDatabase, type Lake } from '../lake/lake.ts'

/** One fault of a row that was not accepted. A row with several faults has several. */
export type Reject = {
  readonly feed: string
  readonly file: string
  /** Line of the file, from 1, the header's. For Parquet the row, from 1. */
  readonly line: number
  /** Column at fault; '' when the row as a whole is. */
  readonly field: string
  readonly value: string
  readonly reason: string
  /** The row as supplied: JSON, column to text. */
  readonly row: string
  readonly batch_id: number
}

export type RejectFilter = {
  readonly feed?: string | undefined
  readonly batchId?: number | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/**
 * Rejected rows, newest batch first, in the order of their lines. A row leaves the list when its file is supplied again
 * under the same name: what is still wrong is then listed for the newer batch.
 */
export const listRejects = (lake: Lake, filter: RejectFilter = {}): Promise<Reject[]> =>
  lake.rows<Reject>(
    `select feed, file, line, field, value, reason, row, batch_id from ${lakeDatabase}.rejects
      where ${current(filter)} order by batch_id desc, line, field limit {limit:UInt64} offset {offset:UInt64}`,
    { ...params(filter), limit: filter.limit ?? 1_000_000_000, offset: filter.offset ?? 0 },
  )

/** Rejected rows by feed, file, field and reason: what to mend first. */
export const countRejects = (
  lake: Lake,
  filter: RejectFilter = {},
): Promise<
  readonly {
    readonly feed: string
    readonly file: string
    readonly field: string
    readonly reason: string
    readonly rows: number
    readonly example: string
  }[]
> =>
  lake.kept(
    `select feed, file, field, reason, count() as rows, any(value) as example from ${lakeDatabase}.rejects
      where ${current(filter)} group by feed, file, field, reason order by rows desc, feed, file, field, reason`,
    params(filter),
  )

const current = (filter: RejectFilter): string =>
  [
    `(feed, file, batch_id) in (select feed, file, max(batch_id) from ${lakeDatabase}.batches group by feed, file)`,
    ...(filter.feed === undefined ? [] : ['feed = {feed:String}']),
    ...(filter.batchId === undefined ? [] : ['batch_id = {batchId:UInt32}']),
  ].join(' and ')

const params = (filter: RejectFilter): Record<string, unknown> => ({
  ...(filter.feed === undefined ? {} : { feed: filter.feed }),
  ...(filter.batchId === undefined ? {} : { batchId: filter.batchId }),
})
