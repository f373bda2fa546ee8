import { AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { readGroups } from './read-groups.ts'
import { readTrails } from './read-trails.ts'
import { offendingOf, type ScoredPair, type Subject } from './subject.ts'
import type { Offence, Truth } from './truth.ts'
import { monthEnds, type Window } from './window.ts'

/**
 * Every member of staff with the pairs that were ever scored and what the truth says of them. Detect first.
 * @throws AppError TRUTH_INVALID where the truth names somebody the force does not have
 */
export const readSubjects = async (lake: Lake, truth: Truth, window: Window): Promise<Subject[]> => {
  const staff = await lake.rows<{ staff_id: string }>(
    `select distinct staff_id from (
       select staff_id from upstander.staff where left_on is null or left_on >= {from:Date32}
       union all select staff_id from upstander.duties where (select count() from upstander.staff) = 0
     ) order by staff_id`,
    window,
  )
  const known = new Set(staff.map(each => each.staff_id))
  const strangers = [...truth.offences, ...truth.roles].filter(each => !known.has(each.staff_id))
  if (strangers.length > 0)
    throw new AppError(
      'TRUTH_INVALID',
      `The truth names ${strangers.length === 1 ? 'a member of staff' : `${String(strangers.length)} members of staff`} whom the records do not have in these days: ${strangers
        .slice(0, 5)
        .map(each => each.staff_id)
        .join(', ')}. Is it the truth of this force?`,
    )
  const offenders = new Map(
    [...Map.groupBy(begun(truth, window), each => each.staff_id)].map(
      ([staffId, own]) => [staffId, offendingOf(own)] as const,
    ),
  )
  const trails = await readTrails(lake, offenders, window)
  const roles = Map.groupBy(truth.roles, each => each.staff_id)
  const groups = await readGroups(lake, window)
  const pairs = await readPairs(lake, window)
  const monthly = await readMonthly(lake, monthEnds(window))
  return staff.map(({ staff_id: staffId }) => {
    const offending = offenders.get(staffId)
    return {
      staffId,
      offending,
      trail: trails.get(staffId),
      roles: (roles.get(staffId) ?? []).map(each => each.role),
      groups: groups.get(staffId) ?? {},
      pairs: (pairs.get(staffId) ?? []).map(pair => ({
        ...pair,
        isVictim: pair.personId !== '' && offending?.victims.has(pair.personId) === true,
      })),
      monthly: monthly.get(staffId) ?? [],
    }
  })
}

/** Offences that had begun by the last day: those of later are of another time. */
const begun = ({ offences }: Truth, { to }: Window): Offence[] =>
  offences.filter(each => (each.first_improper_on ?? each.first_trace_on ?? '') <= to)

const readPairs = async (
  lake: Lake,
  window: Window,
): Promise<Map<string, Omit<ScoredPair, 'isVictim'>[]>> => {
  const rows = await lake.rows<{ staff_id: string; person_id: string; peaks: [string, number][] }>(
    `select staff_id, person_id, arraySort(groupArray((toString(on_day), points))) as peaks
     from (
       select staff_id, person_id, on_day, points,
         points > max(points) over (partition by staff_id, person_id order by on_day rows between unbounded preceding and 1 preceding) as rises
       from upstander.scores where on_day >= {from:Date} and on_day <= {to:Date}
     )
     where rises and points > 0
     group by staff_id, person_id`,
    window,
  )
  return Map.groupBy(
    rows.map(row => ({
      staffId: row.staff_id,
      personId: row.person_id,
      peaks: row.peaks.map(([day, points]) => ({ day, points })),
    })),
    row => row.staffId,
  )
}

const readMonthly = async (lake: Lake, days: readonly string[]): Promise<Map<string, number[]>> => {
  const rows = await lake.rows<{ staff_id: string; day: string; points: number }>(
    `select staff_id, toString(on_day) as day, max(points) as points from upstander.scores
     where has({days:Array(Date)}, on_day) group by staff_id, on_day`,
    { days },
  )
  const monthly = new Map<string, number[]>()
  for (const { staff_id: staffId, day, points } of rows) {
    const own = monthly.get(staffId) ?? days.map(() => 0)
    own[days.indexOf(day)] = points
    monthly.set(staffId, own)
  }
  return monthly
}
