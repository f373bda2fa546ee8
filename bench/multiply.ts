import { readFeeds, type Feed } from '../src/intake/feeds.ts'
import type { Lake } from '../src/lake/lake.ts'

/** Feeds of things that happen: the column of the day, and the keys that a later span of days has of its own. */
const happenings: Readonly<Record<string, readonly [at: string, keys: readonly string[]]>> = {
  duties: ['start_at', ['duty_id']],
  absences: ['start_at', []],
  crewing: ['start_at', []],
  positions: ['at', []],
  incidents: ['opened_at', ['incident_id']],
  attendances: ['assigned_at', ['incident_id']],
  incident_actions: ['at', ['incident_id']],
  investigations: ['opened_at', ['investigation_id', 'incident_id']],
  allocations: ['from_at', ['investigation_id']],
  involvements: ['at', ['involvement_id', 'incident_id', 'investigation_id']],
  billing: ['at', ['record_id']],
  messages: ['at', ['message_id']],
  contact_log: ['at', ['entry_id', 'investigation_id', 'incident_id']],
  handset_counts: ['window_from', []],
  system_access: ['at', ['access_id', 'reference', 'subject_id']],
  body_worn: ['start_at', ['incident_id']],
  custody_visits: ['start_at', ['visit_id']],
  complaints: ['received_on', ['complaint_id']],
  patrol_plans: ['from_at', ['plan_id']],
  stops: ['at', ['stop_id']],
}

/** Whether a feed is of things that happen, which every span of days has of its own. */
export const happens = (feed: Feed): boolean => feed.name in happenings

/** Text that is no key, the same for every copy. */
const words = new Set([
  'rank',
  'role',
  'station',
  'base_station',
  'purpose',
  'app',
  'system',
  'sex',
  'ethnicity',
  'level',
  'course',
  'type',
  'text',
  'reason',
])

/** How the records of a lake are multiplied. */
export type Copies = {
  /** Copies of the staff with everybody and everything about them, each some degrees further north. */
  readonly staff: number
  /** The same staff live these spans of days one after the other, with cases and records of their own. */
  readonly spans: number
  /** First day of the records, `YYYY-MM-DD`, and their days. */
  readonly from: string
  readonly days: number
}

/** Multiplies the records in a lake, far faster than a force of that size is simulated and taken in. */
export const multiplyRecords = async (lake: Lake, copies: Copies): Promise<void> => {
  for (const feed of readFeeds().feeds) {
    await lake.run(`create or replace table upstander.one_copy as upstander.${feed.name}`)
    await lake.run(`insert into upstander.one_copy select * from upstander.${feed.name}`)
    const spans = happens(feed) ? copies.spans : 1
    for (let span = 0; span < spans; span++)
      for (let copy = 0; copy < copies.staff; copy++)
        if (span + copy > 0) await addCopy(lake, feed, copies, { span, copy })
  }
  await lake.run('drop table upstander.one_copy')
  // The last day of the records is read from the books of intake.
  await lake.run(
    `insert into upstander.batches
     select * replace (batch_id + 1000000 as batch_id, max_event_at + toIntervalDay({later:UInt32}) as max_event_at) from upstander.batches where feed = 'billing'`,
    { later: (copies.spans - 1) * copies.days },
  )
}

type Place = { readonly span: number; readonly copy: number }

/** Adds one copy of `upstander.one_copy` to its feed: of the staff, in one of the spans of days. */
export const addCopy = async (
  lake: Lake,
  feed: Feed,
  copies: Copies,
  { span, copy }: Place,
): Promise<void> => {
  const columns = await lake.rows<{ name: string; type: string }>(
    `select name, type from system.columns where database = 'upstander' and table = {feed:String} order by position`,
    { feed: feed.name },
  )
  const [at, keys] = happenings[feed.name] ?? ['', []]
  const ofSpan = (name: string): string => {
    if (span === 0 || !keys.includes(name)) return name
    const own = `concat(${name}, '^${span}')`
    return name === 'subject_id'
      ? `if(subject_kind in ('incident', 'investigation'), ${own}, subject_id)`
      : `if(${name} = '', '', ${own})`
  }
  const values = columns.map(({ name, type }) => {
    if (type === 'String' && !words.has(name))
      return copy === 0 ? ofSpan(name) : `if(${name} = '', '', concat(${ofSpan(name)}, '~${copy}'))`
    if (span > 0 && type.includes('Date')) return `${name} + toIntervalDay(${span * copies.days})`
    if (copy > 0 && name.endsWith('lat')) return `${name} + ${copy * 2}`
    return name
  })
  await lake.run(
    `insert into upstander.${feed.name} (${columns.map(({ name }) => name).join(', ')})
     select ${values.map((value, place) => `${value} as value_${place}`).join(', ')} from upstander.one_copy
     ${span === 0 ? '' : `where ${at} >= {from:String}`}
     settings min_insert_block_size_rows = 9000000, min_insert_block_size_bytes = 1500000000, max_threads = 1`,
    { from: copies.from },
  )
}
