import type { User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { addDays, dayOf } from '../core/clock.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import { insertDisposition, movePlace, placeOf, type Place } from './disposition-store.ts'
import {
  dispositions,
  isDispositionKind,
  longestWatchDays,
  undoMinutes,
  type DispositionKind,
} from './dispositions.ts'
import { readInnocentExplanations, type InnocentExplanation } from './innocent-explanations.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'
import type { StandingPart } from './standing.ts'

export type DispositionInput = {
  readonly kind: string
  /** Id of an innocent explanation. */
  readonly explanation?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly until?: string | undefined
  readonly reason: string
  /** The version of the concern that the person had before them; unchecked when left out. */
  readonly version?: number | undefined
  /** Network address, for the log. */
  readonly from?: string | undefined
}

/** A sentence for each field that must be mended. */
export type DispositionFaults = Partial<Record<'kind' | 'explanation' | 'until' | 'reason', string>>

export type DispositionOutcome =
  | { readonly outcome: 'recorded'; readonly undoUntil: Date }
  | { readonly outcome: 'invalid'; readonly faults: DispositionFaults }
  /** It changed since the person opened it: show it again. */
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'closed-already' }
  /** It does not exist, or the person may not decide it. */
  | { readonly outcome: 'missing' }

/** Records what a person decides about a concern, with the reason; the change, its history and the log stand or fall together. */
export const recordDisposition = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: DispositionInput,
): Promise<DispositionOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  const explanations = readInnocentExplanations()
  return await store.db.transaction().execute(async trx => {
    const stored = await findConcernFor(trx, user, 'decide-concern', ref, true)
    if (stored === undefined) return { outcome: 'missing' }
    if (input.version !== undefined && input.version !== stored.version) return { outcome: 'changed' }
    if (stored.status === 'closed') return { outcome: 'closed-already' }
    const now = clock.now()
    const checked = check(input, explanations, dayOf(now))
    if ('faults' in checked) return { outcome: 'invalid', faults: checked.faults }
    const { kind, explanation, until, reason } = checked
    const { leadsTo, label } = dispositions[kind]
    const place: Place = {
      status: leadsTo,
      waitingSince: null,
      dueOn: null,
      watchUntil: until,
      closedAt: leadsTo === 'closed' ? now.toISOString() : null,
      decidedBand: stored.band,
    }
    const decision = { ref, kind, explanation, until, reason, byUser: user.id, at: now }
    await insertDisposition(
      trx,
      { ...decision, band: stored.band, points: stored.points, before: placeOf(stored) },
      stored.parts as readonly StandingPart[],
    )
    await movePlace(trx, ref, place)
    const because = explanations.find(each => each.id === explanation)?.label ?? until ?? ''
    const says = `${label.replace('…', '')} ${because}`.trim() + `: ${reason}`
    await insertHistory(trx, { ref, at: now, kind: 'decided', byUser: user.id, detail: { says } })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'concern-decided',
        subject: ref,
        why: kind,
        from: input.from ?? '',
        outcome: 'done',
      },
    )
    return { outcome: 'recorded', undoUntil: new Date(now.getTime() + undoMinutes * 60_000) }
  })
}

type Checked = {
  readonly kind: DispositionKind
  readonly explanation: string | null
  readonly until: string | null
  readonly reason: string
}

/** Checks what was typed against what the disposition needs; fields it does not need are left out. */
const check = (
  input: DispositionInput,
  explanations: readonly InnocentExplanation[],
  today: string,
): Checked | { readonly faults: DispositionFaults } => {
  const faults: { -readonly [Field in keyof DispositionFaults]: DispositionFaults[Field] } = {}
  const reason = input.reason.trim()
  if (reason === '') faults.reason = 'Enter your reason: what you checked and what it showed'
  else if (reason.length > 4_000) faults.reason = 'Your reason must be 4,000 characters or fewer'
  if (!isDispositionKind(input.kind)) return { faults: { ...faults, kind: 'Select what you decide' } }
  const needs: readonly string[] = dispositions[input.kind].needs
  const explanation = needs.includes('explanation') ? (input.explanation ?? '') : null
  if (explanation !== null && !explanations.some(each => each.id === explanation))
    faults.explanation = 'Select the explanation that you found'
  const until = needs.includes('until') ? (input.until ?? '') : null
  if (until !== null) {
    const fault = untilFault(until, today)
    if (fault !== undefined) faults.until = fault
  }
  return Object.keys(faults).length > 0 ? { faults } : { kind: input.kind, explanation, until, reason }
}

const untilFault = (until: string, today: string): string | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until)) || dayOf(new Date(until)) !== until)
    return 'Enter a real day to watch until, such as 27 3 2027'
  if (until <= today) return 'The day to watch until must be after today'
  if (until > addDays(today, longestWatchDays))
    return `The day must be within ${longestWatchDays} days of today`
  return undefined
}
