import type { Lake } from '../lake/lake.ts'
import { readMatrix } from './matrix.ts'

/** A look-up that no record explains. */
export type UnexplainedLookUp = {
  /** `system_access:key` */
  readonly recordId: string
  readonly staffId: string
  readonly personId: string
  /** ISO, UTC. */
  readonly at: string
  /** What was opened: person, address, number, vehicle, incident or investigation. */
  readonly via: string
  readonly action: string
  readonly dutyState: string
  /** As in the postings feed; empty where not supplied. */
  readonly post: string
  /** Whether it quoted or opened a case, all the same. */
  readonly quoted: boolean
  /** Whether they had met this person by then. */
  readonly met: boolean
  /** What was typed as the reason; may be empty. */
  readonly reason: string
}

/** Which of them: all, those about somebody they had met, or those made off duty or while absent. */
export const residueKinds = ['all', 'met', 'off_duty'] as const

export type ResidueFilter = {
  /** Days up to the last look-up in the records. */
  readonly days: number
  readonly kind: (typeof residueKinds)[number]
  /** As in the postings feed; undefined for every post. */
  readonly post: string | undefined
  /** Staff and people of whom the reader may learn nothing. */
  readonly without: { readonly staffIds: readonly string[]; readonly personIds: readonly string[] }
}

/** How many look-ups of those days each kind of record explains, most first; an empty `because` is the residue. */
export const countExplained = (lake: Lake, days: number): Promise<{ because: string; look_ups: number }[]> =>
  lake.rows(
    `select toString(because) as because, sum(look_ups) as look_ups from upstander.look_up_days
     where day > (select max(day) from upstander.look_up_days) - {days:UInt32} group by because order by look_ups desc, because`,
    { days },
  )

/** Staff who must have had a post before it is named: a post of one is a name (security design: cells of five). */
const fewestInPost = 5

/** Posts with look-ups that no record explains, for a filter, sorted; those that few ever had are left out. */
export const postsInResidue = async (lake: Lake, fewest = fewestInPost): Promise<string[]> => {
  const rows = await lake.rows<{ post: string }>(
    `select distinct toString(post) as post from upstander.look_up_residue where post != ''
       and post in (select post from upstander.postings group by post having uniqExact(staff_id) >= {fewest:UInt32}) order by post`,
    { fewest },
  )
  return rows.map(row => row.post)
}

/** The residue, newest first. Posts that are handled elsewhere on purpose are left out. */
export const listUnexplained = async (
  lake: Lake,
  filter: ResidueFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly rows: readonly UnexplainedLookUp[] }> => {
  const wanted = `from upstander.look_up_residue
    where at >= toDateTime((select max(day) from upstander.look_up_days) - {days:UInt32} + 1, 'UTC') and not has({excluded:Array(String)}, toString(post))
      and ({post:String} = '' or post = {post:String}) and ({kind:String} != 'off_duty' or duty_state in ('off', 'absent')) and ({kind:String} != 'met' or met)
      and not has({staffIds:Array(String)}, staff_id) and not has({personIds:Array(String)}, person_id)`
  const given = {
    days: filter.days,
    kind: filter.kind,
    post: filter.post ?? '',
    ...filter.without,
    excluded: readMatrix().excluded_posts.posts,
  }
  const [count] = await lake.rows<{ total: number }>(`select count() as total ${wanted}`, given)
  const rows = await lake.rows<Row>(
    `select record_id, staff_id, person_id, concat(replaceOne(toString(at), ' ', 'T'), 'Z') as happened, toString(via) as via, toString(action) as action,
       toString(duty_state) as duty_state, toString(post) as post, toUInt8(quoted) as quoted, toUInt8(met) as met
     ${wanted} order by at desc, staff_id desc, person_id desc limit {limit:UInt64} offset {offset:UInt64}`,
    { ...given, limit, offset },
  )
  const reasons = await readReasons(lake, rows)
  return {
    total: count?.total ?? 0,
    rows: rows.map(row => ({
      recordId: row.record_id,
      staffId: row.staff_id,
      personId: row.person_id,
      at: row.happened,
      via: row.via,
      action: row.action,
      dutyState: row.duty_state,
      post: row.post,
      quoted: row.quoted === 1,
      met: row.met === 1,
      reason: reasons.get(row.record_id) ?? '',
    })),
  }
}

type Row = {
  record_id: string
  staff_id: string
  person_id: string
  happened: string
  via: string
  action: string
  duty_state: string
  post: string
  quoted: number
  met: number
}

/** What was typed as the reason of each, by record id. */
const readReasons = async (lake: Lake, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> => {
  if (rows.length === 0) return new Map()
  const typed = await lake.rows<{ record_id: string; reason: string }>(
    `select concat('system_access:', access_id) as record_id, coalesce(reason, '') as reason from upstander.system_access
     where staff_id in {staff:Array(String)} and access_id in {keys:Array(String)}`,
    {
      staff: [...new Set(rows.map(row => row.staff_id))],
      keys: rows.map(row => row.record_id.slice('system_access:'.length)),
    },
  )
  return new Map(typed.map(each => [each.record_id, each.reason]))
}
