import { readFeeds } from '../intake/feeds.ts'
import { lakeDatabase, type Lake, type LakeParams } from '../lake/lake.ts'

/** The records of one feed as a variation leaves them: a query that gives rows of the feed, in the order of its columns. */
export type FeedChange = { readonly feed: string; readonly sql: string; readonly params?: LakeParams }

/** A change of the records after which detection is measured again. */
export type Variation = {
  readonly key: string
  readonly label: string
  readonly changes: readonly FeedChange[]
}

/** Columns of a feed's table, those of intake's own books with them; `of` stands before each. */
export const columnsOf = (feed: string, of = ''): string[] => {
  const fields = readFeeds().feeds.find(each => each.name === feed)?.fields ?? []
  return [...fields.map(field => field.name), 'batch_id', 'line'].map(name => `${of}${name}`)
}

/** Changes the records, does some work on them, and puts every record back, also where the work fails. */
export const withVariation = async <T>(
  lake: Lake,
  { changes }: Variation,
  work: () => Promise<T>,
): Promise<T> => {
  const aside = (feed: string): string => `${lakeDatabase}.${feed}_varied`
  const swapped: string[] = []
  try {
    for (const { feed, sql, params } of changes) {
      await lake.run(`create or replace table ${aside(feed)} as ${lakeDatabase}.${feed}`)
      await lake.run(`insert into ${aside(feed)} (${columnsOf(feed).join(', ')}) ${sql}`, params)
      await lake.run(`exchange tables ${lakeDatabase}.${feed} and ${aside(feed)}`)
      swapped.push(feed)
    }
    return await work()
  } finally {
    for (const feed of swapped) {
      await lake.run(`exchange tables ${lakeDatabase}.${feed} and ${aside(feed)}`)
      await lake.run(`drop table ${aside(feed)}`)
    }
  }
}
