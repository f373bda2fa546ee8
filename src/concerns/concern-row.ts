import { dayOf } from '../core/clock.ts'
import type { BandNow } from '../core/bands.ts'
import type { ConcernRow, Status } from './concern.ts'
import type { StoredConcern } from './concern-store.ts'
import type { Labels } from './labels.ts'
import type { StandingPart } from './standing.ts'

/** A stored concern as the person who asks may see it. */
export const toConcernRow = (stored: StoredConcern, labels: Labels, now: Date): ConcernRow => ({
  ref: stored.ref,
  staff: labels.staff,
  person: labels.person,
  masked: labels.masked,
  pair: { staffId: stored.staff_id, personId: stored.person_id },
  status: stored.status as Status,
  band: stored.band as BandNow,
  points: stored.points,
  account: labels.clean(stored.account),
  parts: cleanParts(stored.parts as readonly StandingPart[], labels),
  bonus: stored.bonus,
  openedAt: stored.opened_at,
  waitingSince: stored.waiting_since ?? undefined,
  dueOn: stored.due_on ?? undefined,
  late: stored.due_on !== null && stored.due_on < dayOf(now),
  watchUntil: stored.watch_until ?? undefined,
  closedAt: stored.closed_at ?? undefined,
  onDay: stored.on_day,
})

const cleanParts = (parts: readonly StandingPart[], labels: Labels): StandingPart[] =>
  parts.map(part => ({
    ...part,
    indicators: part.indicators.map(indicator => ({
      ...indicator,
      sentence: labels.clean(indicator.sentence),
    })),
  }))
