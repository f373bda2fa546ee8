import type { Lake } from '../lake/lake.ts'
import type { Setting } from './setting.ts'
import { foundOn, mostPoints, reachedOn, type ScoredPair, type Subject } from './subject.ts'

/** One pair with the most points it had and what they rest on. */
type Told = { readonly subject: Subject; readonly pair: ScoredPair | undefined; readonly rests: string }

/** Who was found and missed, and who was reviewed for nothing: for whoever improves detection, and for no store. */
export const tellWho = async (lake: Lake, setting: Setting): Promise<string> => {
  const { subjects, reviewAt } = setting
  const offenders = subjects.filter(each => each.offending !== undefined)
  const falsely = subjects
    .filter(each => each.offending === undefined)
    .flatMap(subject =>
      subject.pairs.filter(pair => mostPoints(pair) >= reviewAt).map(pair => ({ subject, pair })),
    )
  const best = offenders.map(subject => ({ subject, pair: bestOf(subject) }))
  const rests = await readRests(lake, setting)
  const told = (each: { subject: Subject; pair: ScoredPair | undefined }): Told => ({
    ...each,
    rests: rests.get(keyOf(each.subject.staffId, each.pair?.personId ?? '')) ?? 'nothing',
  })
  return [
    'Offenders',
    ...best.map(told).map(each => offenderText(each, reviewAt)),
    '',
    'Innocent, and reviewed',
    ...falsely.map(told).map(each => innocentText(each, reviewAt)),
    '',
  ].join('\n')
}

const keyOf = (staff: string, person: string): string => JSON.stringify([staff, person])

/** The pair with a victim that had the most points; without any, the best pair at all. */
const bestOf = ({ pairs }: Subject): ScoredPair | undefined => {
  const byPoints = (list: readonly ScoredPair[]) => list.toSorted((a, b) => mostPoints(b) - mostPoints(a))[0]
  return byPoints(pairs.filter(pair => pair.isVictim)) ?? byPoints(pairs)
}

const offenderText = ({ subject, pair, rests }: Told, reviewAt: number): string => {
  const { offending } = subject
  const on = foundOn(subject, reviewAt)
  const traces =
    offending?.dark === true ? 'dark' : [...(offending?.traces ?? [])].join(' and ') || 'no trace'
  return [
    `  ${subject.staffId}: ${on === undefined ? 'missed' : `found on ${on}`}; ${traces}, first on ${offending?.traceOn ?? 'no day known'}; ${String(offending?.victims.size ?? 0)} victims;`,
    pair === undefined
      ? 'never scored'
      : `best pair ${pair.personId}${pair.isVictim ? '' : ', no victim,'} ${mostPoints(pair).toFixed(1)} points: ${rests}`,
  ].join(' ')
}

const innocentText = ({ subject, pair, rests }: Told, reviewAt: number): string => {
  const role = subject.roles.join(', ') || `ordinary, ${subject.groups['post'] ?? 'no post'}`
  const about = pair === undefined || pair.personId === '' ? 'alone' : pair.personId
  const [points, on] = pair === undefined ? [0, ''] : [mostPoints(pair), reachedOn(pair, reviewAt) ?? '']
  return `  ${subject.staffId}: ${role}; ${about} ${points.toFixed(1)} points, review on ${on}: ${rests}`
}

/** What findings there are for each pair, within the days evaluated or before: indicator, points, times. */
const readRests = async (lake: Lake, { window, subjects }: Setting): Promise<Map<string, string>> => {
  const rows = await lake.rows<{ staff_id: string; person_id: string; rests: string }>(
    `select staff_id, person_id, arrayStringConcat(arraySort(groupArray(line)), ', ') as rests
     from (
       select staff_id, person_id, concat(toString(indicator), ' ', toString(round(max(points), 1))) as line
       from upstander.findings
       where found_on <= {to:Date} and unit != 'person' and has({staff:Array(String)}, staff_id)
       group by staff_id, person_id, indicator
     )
     group by staff_id, person_id`,
    { to: window.to, staff: subjects.filter(each => each.pairs.length > 0).map(each => each.staffId) },
  )
  return new Map(rows.map(row => [keyOf(row.staff_id, row.person_id), row.rests]))
}
