import { runStayRule, type Stay } from '../detection/stay-rule.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { fitsInCircle } from './enclosing-circle.ts'

/** A fix of a public track: seconds since 1970, degrees. */
export type PublicFix = {
  readonly unit: string
  readonly at: number
  readonly lat: number
  readonly lon: number
}

/** A stop as another tool gives it: seconds since 1970. */
export type PeerStop = { readonly unit: string; readonly from: number; readonly to: number }

/** What both are asked to find. */
export type StopRule = { readonly radiusM: number; readonly minimumS: number }

/** Why a stop of theirs is no stay of ours, in the words a report uses. */
export const stopCauses = {
  outage:
    'an outage read as a stay: theirs rests on a silence of more than ten minutes, after which the unit was elsewhere',
  silence:
    'theirs counts a silence of more than ten minutes at one place as presence; ours gives that silence as not known',
  end: 'theirs is long enough only with the first fix outside, which it takes for the end',
  wide: 'no circle of the radius holds a span that long: theirs measures from the first fix, or across',
  sparse: 'the fixes are more than three minutes apart: ours gives the same standing as not known',
  neighbour:
    'the same standing, divided elsewhere: the stay of ours that touches it took its first or last part',
} as const

export type StopCause = keyof typeof stopCauses

/** A peer's stops against our stays: how many agree, and every difference with its cause. */
export type StopComparison = {
  readonly same: number
  readonly causes: Readonly<Record<StopCause, number>>
  /** Theirs that we lack and no cause explains. */
  readonly unexplained: readonly PeerStop[]
  /** Our stays that overlap none of theirs. */
  readonly oursOnly: readonly Stay[]
  /** Of the agreeing: how many end at the same fix, and how many of theirs end at the fix after our last. */
  readonly sameEnd: number
  readonly endOneLater: number
  /** Our rows that say a silence is not known. */
  readonly notKnown: number
}

/** Fills the positions with a public track. Units have no kind. */
export const setPublicTrack = async (lake: Lake, fixes: readonly PublicFix[]): Promise<void> => {
  await createFeedTables(lake, readFeeds().feeds)
  await lake.insert(
    'upstander.positions',
    fixes.map(({ unit, at, lat, lon }) => ({ unit_id: unit, at, lat, lon, batch_id: 1 })),
  )
}

/** Our stays under another tool's settings. Halts, which it does not know, are left out. */
export const staysUnder = async (lake: Lake, rule: StopRule): Promise<Stay[]> => {
  const minutes = rule.minimumS / 60
  const stays = await runStayRule(lake, {
    stay_radius_m: rule.radiusM,
    stay_minutes: minutes,
    halt_minutes: minutes / 4,
  })
  return stays.filter(({ level }) => level === 'stay')
}

/** Sets a peer's stops against our stays on the same fixes. */
export const compareStops = (
  fixes: readonly PublicFix[],
  rule: StopRule,
  theirs: readonly PeerStop[],
  ours: readonly Stay[],
): StopComparison => {
  const byUnit = Map.groupBy(fixes, fix => fix.unit)
  const known = ours.filter(({ certainty }) => certainty !== 'not_known').map(spanOf)
  const causes = { outage: 0, silence: 0, end: 0, wide: 0, sparse: 0, neighbour: 0 }
  const unsure = ours.filter(({ certainty }) => certainty === 'not_known').map(spanOf)
  const unexplained: PeerStop[] = []
  let [same, sameEnd, endOneLater] = [0, 0, 0]
  for (const stop of theirs) {
    const track = byUnit.get(stop.unit) ?? []
    const inside = track.filter(fix => fix.at >= stop.from && fix.at <= stop.to)
    const best = known
      .filter(span => span.unit === stop.unit)
      .reduce((most, span) => (overlap(span, stop) > overlap(most, stop) ? span : most), nowhere)
    if (
      overlap(best, stop) * 2 >= Math.min(best.to - best.from, stop.to - stop.from) &&
      overlap(best, stop) > 0
    ) {
      same += 1
      if (best.to === stop.to) sameEnd += 1
      else if (track.find(fix => fix.at > best.to)?.at === stop.to) endOneLater += 1
    } else {
      const doubtful = nearest(unsure, stop)
      const cause = causeOf(inside, rule, {
        doubtful: overlap(doubtful, stop) > 0,
        doubtfulToo: agrees(doubtful, stop),
        beside: known.some(span => touches(span, stop)),
      })
      if (cause === undefined) unexplained.push(stop)
      else causes[cause] += 1
    }
  }
  const oursOnly = ours.filter(
    stay => stay.certainty !== 'not_known' && !theirs.some(stop => overlap(spanOf(stay), stop) > 0),
  )
  return {
    same,
    causes,
    unexplained,
    oursOnly,
    sameEnd,
    endOneLater,
    notKnown: ours.length - known.length,
  }
}

/** The span that shares most with a stop. */
const nearest = (spans: readonly PeerStop[], stop: PeerStop): PeerStop =>
  spans.reduce((most, span) => (overlap(span, stop) > overlap(most, stop) ? span : most), nowhere)

/** Two spans are one where they share half of the shorter or more. */
const agrees = (span: PeerStop, stop: PeerStop): boolean =>
  overlap(span, stop) > 0 && overlap(span, stop) * 2 >= Math.min(lengthOf(span), lengthOf(stop))

const lengthOf = ({ from, to }: PeerStop): number => to - from

const nowhere: PeerStop = { unit: '', from: 0, to: 0 }

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000

const spanOf = (stay: Stay): PeerStop => ({
  unit: stay.unit_id,
  from: seconds(stay.start_at),
  to: seconds(stay.end_at),
})

/** Seconds that two spans of one unit share. */
const overlap = (one: PeerStop, other: PeerStop): number =>
  one.unit === other.unit ? Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from)) : 0

const touches = (one: PeerStop, other: PeerStop): boolean =>
  one.unit === other.unit && one.from <= other.to && one.to >= other.from

/** A silence of ten minutes is the longest that counts as presence. */
const longestSilence = 600

const causeOf = (
  inside: readonly PublicFix[],
  rule: StopRule,
  /** Ours has a doubtful stay there; it is the same span; a certain one lies beside it. */
  ours: { readonly doubtful: boolean; readonly doubtfulToo: boolean; readonly beside: boolean },
): StopCause | undefined => {
  const stretches = unbroken(inside)
  if (!longEnough(stretches, rule)) return ours.doubtful ? 'silence' : 'outage'
  if (ours.doubtfulToo) return 'sparse'
  if (!longEnough(unbroken(inside.slice(0, -1)), rule)) return 'end'
  if (ours.beside) return 'neighbour'
  return stretches.some(stretch => standsSomewhere(stretch, rule)) ? undefined : 'wide'
}

const longEnough = (stretches: readonly PublicFix[][], rule: StopRule): boolean =>
  stretches.some(stretch => secondsOf(stretch) >= rule.minimumS)

/** Fixes cut at every long silence. */
const unbroken = (fixes: readonly PublicFix[]): PublicFix[][] => {
  const stretches: PublicFix[][] = []
  for (const fix of fixes) {
    const last = stretches.at(-1)
    const before = last?.at(-1)
    if (last && before && fix.at - before.at <= longestSilence) last.push(fix)
    else stretches.push([fix])
  }
  return stretches
}

const secondsOf = (fixes: readonly PublicFix[]): number => (fixes.at(-1)?.at ?? 0) - (fixes[0]?.at ?? 0)

/** True where some span of the asked length lies in one circle of the asked radius. */
const standsSomewhere = (fixes: readonly PublicFix[], rule: StopRule): boolean =>
  fixes.some((first, i) => {
    const end = fixes.findIndex(fix => fix.at >= first.at + rule.minimumS)
    return end > i && fitsInCircle(fixes.slice(i, end + 1), rule.radiusM)
  })
