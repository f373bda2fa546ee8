import { bandRank, bands, type BandNow } from '../core/bands.ts'
import type { HistoryDetail, HistoryKind, Status } from './concern.ts'
import type { Standing } from './standing.ts'

/** What is known of a concern before a run. */
export type KnownConcern = {
  readonly ref: string
  readonly staffId: string
  readonly personId: string
  readonly status: Status
  readonly band: BandNow
  readonly points: number
  readonly fingerprint: string
  /** The band of the last disposition that stands. */
  readonly decidedBand: BandNow | undefined
  /** `YYYY-MM-DD`. */
  readonly watchUntil: string | undefined
  /** Every evidence id ever seen, and whether it counts now. */
  readonly evidence: ReadonlyMap<string, boolean>
}

export type PlannedHistory = {
  readonly kind: HistoryKind
  readonly detail: HistoryDetail
  /** The day the evidence sufficed for review, when this put the concern into the queue: what the budget counts. */
  readonly enteredReviewOn?: string
}

/** What a run does to one concern. */
export type PlannedChange = {
  readonly outcome: 'opened' | 'joined' | 'reopened' | 'unchanged'
  readonly status: Status
  /** True when it begins to wait for a decision now. */
  readonly entersQueue: boolean
  readonly band: BandNow
  readonly newEvidence: readonly string[]
  readonly goneEvidence: readonly string[]
  /** Seen before, gone, and counting again: not new. */
  readonly backEvidence: readonly string[]
  readonly history: readonly PlannedHistory[]
  /** False for a closed concern that stays closed: it keeps what it was closed on. */
  readonly takesStanding: boolean
}

const review = bandRank('review')

/** Opens a concern for a pair that has none. */
export const planOpening = (standing: Standing): PlannedChange => {
  const waits = bandRank(standing.band) >= review
  return {
    outcome: 'opened',
    status: waits ? 'to_review' : 'noted',
    entersQueue: waits,
    band: standing.band,
    newEvidence: standing.evidence,
    goneEvidence: [],
    backEvidence: [],
    history: [
      {
        kind: 'opened',
        detail: {
          says: `Opened at ${standing.band}.`,
          bandTo: standing.band,
          pointsTo: standing.points,
          evidence: standing.evidence,
          indicators: indicatorsFor(standing, new Set(standing.evidence)),
        },
        ...(waits ? { enteredReviewOn: standing.reachedOn.review ?? standing.onDay } : {}),
      },
    ],
    takesStanding: true,
  }
}

/** Brings a concern up to date with how its pair stands now. The machine opens and returns; only a person closes. */
export const planUpdate = (known: KnownConcern, standing: Standing, today: string): PlannedChange => {
  const newEvidence = standing.evidence.filter(id => !known.evidence.has(id))
  const isNew = newEvidence.length > 0
  if (known.status === 'closed') return planClosed(known, standing, newEvidence)
  const now = new Set(standing.evidence)
  const goneEvidence = [...known.evidence].filter(([id, counts]) => counts && !now.has(id)).map(([id]) => id)
  const backEvidence = standing.evidence.filter(id => known.evidence.get(id) === false)
  const history: PlannedHistory[] = []
  if (isNew) history.push({ kind: 'joined', detail: whatIsNew(known, standing, newEvidence) })
  // Lists of evidence are cut to the newest, so a record that merely made room for another has not gone.
  if (goneEvidence.length > 0 && standing.points < known.points)
    history.push({
      kind: 'evidence_gone',
      detail: {
        says: `${count(goneEvidence.length, 'record')} no longer count${goneEvidence.length === 1 ? 's' : ''}: withdrawn, corrected or too old.`,
        evidence: goneEvidence,
      },
    })
  const bandChanged = standing.band !== known.band
  const back = backInQueue(known, standing.band, today)
  if (bandChanged)
    history.push({
      kind: 'band_changed',
      detail: {
        says: bandSays(known.band, standing.band),
        bandFrom: known.band,
        bandTo: standing.band,
        pointsFrom: known.points,
        pointsTo: standing.points,
      },
      ...(back === 'first' ? { enteredReviewOn: standing.reachedOn.review ?? standing.onDay } : {}),
    })
  if (back === 'date' || back === 'rise')
    history.push({ kind: 'returned', detail: { says: returnSays(back, known.watchUntil ?? '') } })
  return {
    outcome: isNew ? 'joined' : 'unchanged',
    status: back === undefined ? known.status : 'to_review',
    entersQueue: back !== undefined,
    band: standing.band,
    newEvidence,
    goneEvidence,
    backEvidence,
    history,
    takesStanding: true,
  }
}

/** A closed concern opens again only for genuinely new evidence that reaches review, and the band it was closed at. */
const planClosed = (
  known: KnownConcern,
  standing: Standing,
  newEvidence: readonly string[],
): PlannedChange => {
  const needed = Math.max(review, bandRank(known.decidedBand ?? 'none'))
  const reopens =
    newEvidence.length > 0 && standing.fingerprint !== known.fingerprint && bandRank(standing.band) >= needed
  const still = {
    entersQueue: false,
    newEvidence: [],
    goneEvidence: [],
    backEvidence: [],
    history: [],
  } as const
  if (!reopens)
    return { ...still, outcome: 'unchanged', status: 'closed', band: known.band, takesStanding: false }
  const now = new Set(standing.evidence)
  return {
    outcome: 'reopened',
    status: 'to_review',
    entersQueue: true,
    band: standing.band,
    newEvidence,
    goneEvidence: [...known.evidence].filter(([id, counts]) => counts && !now.has(id)).map(([id]) => id),
    backEvidence: standing.evidence.filter(id => known.evidence.get(id) === false),
    history: [
      {
        kind: 'reopened',
        detail: whatIsNew(known, standing, newEvidence),
        // The day on which a nightly run would have opened it again, also where several nights are filled in at once.
        enteredReviewOn: standing.reachedOn[bands[needed - 1] ?? 'review'] ?? standing.onDay,
      },
    ],
    takesStanding: true,
  }
}

/** Says of a concern whose pair no longer reaches watch that the records do not bear it out; it stays for a person to close. */
export const planFallen = (known: KnownConcern, today: string): PlannedChange | undefined => {
  if (known.status === 'closed') return undefined
  const back = backInQueue(known, 'none', today)
  if (known.band === 'none' && back === undefined) return undefined
  const fallen: PlannedHistory = {
    kind: 'band_changed',
    detail: {
      says: bandSays(known.band, 'none'),
      bandFrom: known.band,
      bandTo: 'none',
      pointsFrom: known.points,
    },
  }
  const returned: PlannedHistory = {
    kind: 'returned',
    detail: { says: returnSays('date', known.watchUntil ?? '') },
  }
  return {
    outcome: 'unchanged',
    status: back === undefined ? known.status : 'to_review',
    entersQueue: back !== undefined,
    band: 'none',
    newEvidence: [],
    goneEvidence: [],
    backEvidence: [],
    history: [...(known.band === 'none' ? [] : [fallen]), ...(back === undefined ? [] : [returned])],
    takesStanding: false,
  }
}

/** Why an open concern begins to wait for a decision, if it does. */
const backInQueue = (
  known: KnownConcern,
  band: BandNow,
  today: string,
): 'first' | 'date' | 'rise' | undefined => {
  if (known.status === 'noted') return bandRank(band) >= review ? 'first' : undefined
  if (known.status !== 'watching') return undefined
  if (bandRank(band) > bandRank(known.decidedBand ?? 'none') && bandRank(band) >= review) return 'rise'
  return known.watchUntil !== undefined && known.watchUntil <= today ? 'date' : undefined
}

const returnSays = (why: 'date' | 'rise', until: string): string =>
  why === 'date' ? `It was to be watched until ${until}.` : 'The band rose while it was watched.'

const whatIsNew = (
  known: KnownConcern,
  standing: Standing,
  newEvidence: readonly string[],
): HistoryDetail => {
  const indicators = indicatorsFor(standing, new Set(newEvidence))
  const named = indicators.map(indicator => indicator.sentence).join(' ')
  return {
    says: `${count(newEvidence.length, 'new record')}. ${named}`.trim(),
    bandFrom: known.decidedBand ?? known.band,
    bandTo: standing.band,
    pointsFrom: known.points,
    pointsTo: standing.points,
    evidence: newEvidence,
    indicators,
  }
}

const indicatorsFor = (
  standing: Standing,
  evidence: ReadonlySet<string>,
): NonNullable<HistoryDetail['indicators']> =>
  standing.parts
    .flatMap(part => part.indicators)
    .filter(indicator => indicator.evidence.some(id => evidence.has(id)))
    .map(({ id, title, sentence, points }) => ({ id, title, sentence, points }))

const bandSays = (from: BandNow, to: BandNow): string => {
  if (to === 'none') return `The records no longer reach watch. A person decides whether to close it.`
  if (from === 'none') return `The records reach ${to} again.`
  return bandRank(to) > bandRank(from)
    ? `Rose from ${from} to ${to}.`
    : `Fell from ${from} to ${to}: the records no longer support ${from}.`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
