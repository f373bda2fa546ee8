import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import { cutStretches, type Find, type Stretch } from './cut-stretches.ts'

/** A day on which a member of staff's messages to a party held boundary language. It holds no words. */
export type WordsDay = {
  /** `YYYY-MM-DD`, by the clock where the force is. */
  readonly day: string
  /** Messages in which words were found. */
  readonly messages: number
  /** Lexicon families, in words. */
  readonly families: readonly string[]
  /** Whether some of it is the transcript of a recorded line. */
  readonly heard: boolean
}

export type ThreadMessage = {
  /** ISO moment, UTC. */
  readonly at: string
  /** `out`: from the member of staff. */
  readonly direction: 'out' | 'in'
  /** `sms`, `email` … as the record contract names them. */
  readonly channel: string
  readonly stretches: readonly Stretch[]
}

type Pair = { readonly staffId: string; readonly personId: string }

/** A day is one where the force is, as every page shows it. */
const zone = 'Europe/London'

/** Most days listed, and most messages of a thread: a page with more is not read by anybody. */
const most = { days: 20, messages: 300 }

/** Words of the member of staff, or of a recorded line on which both speak. */
const theirs = `staff_id = {staff:String} and party_id = {person:String} and (direction = 'out' or channel = 'call_transcript')`

const isBuilt = async (lake: Lake): Promise<boolean> => {
  const built = await builtTables(lake)
  return built.has('message_hits') && built.has('messages')
}

/** The newest days on which boundary language was found between a pair; none where nothing was built or the pair has no party. */
export const readWordsDays = async (lake: Lake, { staffId, personId }: Pair): Promise<WordsDay[]> => {
  if (personId === '' || !(await isBuilt(lake))) return []
  const rows = await lake.kept<{ day: string; messages: number; families: string[]; heard: number }>(
    `select toString(toDate(at, {zone:String})) as day, uniqExact(record_id) as messages, arraySort(groupUniqArray(toString(family))) as families,
       max(channel = 'call_transcript') as heard
     from upstander.message_hits where ${theirs}
     group by toDate(at, {zone:String}) order by toDate(at, {zone:String}) desc limit {most:UInt32}`,
    { staff: staffId, person: personId, zone, most: most.days },
  )
  return rows.map(row => ({ ...row, families: row.families.map(spoken), heard: row.heard === 1 }))
}

type Row = {
  at: string
  direction: 'out' | 'in'
  channel: string
  text: string
  found: Find[]
}

/** Both sides of what a pair wrote on one day, oldest first, on the telephones and mailboxes where words were found. */
export const readThread = async (
  lake: Lake,
  { staffId, personId, day }: Pair & { readonly day: string },
): Promise<ThreadMessage[]> => {
  if (personId === '' || !(await isBuilt(lake))) return []
  const rows = await lake.rows<Row>(
    `with
       hits as (
         select record_id, snippet_start, snippet_length, toString(family) as family
         from upstander.message_hits
         where staff_id = {staff:String} and party_id = {person:String} and toDate(at, {zone:String}) = {day:Date}
       ),
       between as (
         select device_address, other_address from upstander.messages
         where toDate(at, {zone:String}) = {day:Date} and concat('messages:', message_id) in (select record_id from hits)
       )
     select toString(m.at) as at, toString(m.direction) as direction, toString(m.channel) as channel, m.text as text,
       arrayFilter(f -> f.2 > 0, groupArray((h.snippet_start, h.snippet_length, h.family))) as found
     from (
       select * from upstander.messages
       where toDate(at, {zone:String}) = {day:Date} and (device_address, other_address) in (select device_address, other_address from between)
     ) m
     left join hits h on h.record_id = concat('messages:', m.message_id)
     group by m.message_id, m.at, m.direction, m.channel, m.text
     order by m.at limit {most:UInt32}`,
    { staff: staffId, person: personId, day, zone, most: most.messages },
  )
  return rows.map(row => ({
    at: `${row.at.replace(' ', 'T')}Z`,
    direction: row.direction,
    channel: row.channel,
    stretches: cutStretches(row.text, row.found).map(each => ({
      ...each,
      family: each.family && spoken(each.family),
    })),
  }))
}

const spoken = (family: string): string => family.replaceAll('_', ' ')
