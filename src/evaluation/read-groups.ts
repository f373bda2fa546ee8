import type { Lake } from '../lake/lake.ts'
import type { Window } from './window.ts'

/** Groups by which outcomes are compared, in the order of the report. */
export const groupings = {
  sex: 'Sex',
  ethnicity: 'Ethnicity',
  part_time: 'Part time',
  post: 'Post',
  shift: 'Shift pattern',
} as const

/**
 * The groups every member of staff belongs to. This is the one place that reads the feed on equality, and it serves the report
 * on disparity alone: no fact, indicator, credit or score can.
 */
export const readGroups = async (
  lake: Lake,
  window: Window,
): Promise<Map<string, Record<string, string>>> => {
  const groups = new Map<string, Record<string, string>>()
  for (const sql of [equality, posts, shifts]) {
    const rows = await lake.rows<{ staff_id: string } & Record<string, string>>(sql, window)
    for (const { staff_id: staffId, ...own } of rows) {
      const told = Object.entries(own).filter(([, value]) => value !== '')
      groups.set(staffId, { ...groups.get(staffId), ...Object.fromEntries(told) })
    }
  }
  return groups
}

const equality = `
  select staff_id, sex, ethnicity, multiIf(part_time is null, '', part_time, 'part time', 'full time') as part_time
  from upstander.staff_equality`

const posts = `
  select staff_id, argMax(toString(post), from_on) as post
  from upstander.postings where from_on <= {to:Date32} group by staff_id`

// A tenth is more than an odd turn swapped with a colleague, and less than any roster with nights or lates gives.
const shifts = `
  select staff_id,
    multiIf(
      countIf(toHour(start_at) >= 19 or toHour(start_at) < 4) >= count() / 10, 'with nights',
      countIf(toHour(start_at) >= 12) >= count() / 10, 'early and late',
      'days only') as shift
  from upstander.duties
  where kind = 'rostered' and start_at >= {from:Date} and start_at < {to:Date} + 1
  group by staff_id`
