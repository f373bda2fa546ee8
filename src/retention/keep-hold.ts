import { randomUUID } from 'node:crypto'
import { demand, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { addDays, dayOf } from '../core/clock.ts'
import { lakeDatabase } from '../lake/lake.ts'
import { endHoldRow, insertHold } from './hold-store.ts'
import type { RetentionDeps } from './plan-destruction.ts'

/** What somebody typed to place a hold. Days as `YYYY-MM-DD`. */
export type TypedHold = {
  readonly kind: 'everything' | 'staff' | ''
  readonly staff: string
  readonly reason: string
  readonly review: string
}

/** What has to be mended, by the field it is typed in. */
export type HoldFaults = Partial<Record<keyof TypedHold, string>>

/** Longest time until somebody looks at a hold again, in days. */
const longestReviewDays = 366

/**
 * Keeps everything, or everything about a member of staff, from destruction until the hold is ended.
 * @throws AppError REFUSED
 */
export const placeHold = async (
  { lake, store, clock }: RetentionDeps,
  user: User,
  typed: TypedHold,
  from: string,
): Promise<HoldFaults | 'placed'> => {
  demand(user, 'manage-retention')
  const today = dayOf(clock.now())
  const known = typed.kind === 'staff' && typed.staff !== '' ? await isStaff(lake, typed.staff) : false
  const faults: HoldFaults = {
    ...(typed.kind === '' ? { kind: 'Choose what to hold' } : {}),
    ...(typed.kind === 'staff' && !known
      ? { staff: 'Enter the staff number of somebody in the records of human resources' }
      : {}),
    ...(typed.reason === '' ? { reason: 'Enter why it must be kept' } : {}),
    ...(!isDay(typed.review) || typed.review <= today || typed.review > addDays(today, longestReviewDays)
      ? { review: `Enter a day after today and within ${longestReviewDays} days` }
      : {}),
  }
  if (Object.keys(faults).length > 0) return faults
  await store.db.transaction().execute(async db => {
    const id = randomUUID()
    await insertHold(db, {
      id,
      staffId: typed.kind === 'staff' ? typed.staff : '',
      reason: typed.reason,
      reviewOn: typed.review,
      madeBy: user.id,
      madeAt: clock.now(),
    })
    const event = { who: user.id, what: 'hold-placed', subject: id, why: typed.reason, from } as const
    await appendEvent({ store: { db }, clock }, { ...event, outcome: 'done' })
  })
  return 'placed'
}

/**
 * Ends a hold. What it kept is due by the rules again, and still takes two people.
 * @throws AppError REFUSED
 */
export const endHold = async (
  { store, clock }: Pick<RetentionDeps, 'store' | 'clock'>,
  user: User,
  { id, from }: { readonly id: string; readonly from: string },
): Promise<'ended' | 'missing'> => {
  demand(user, 'manage-retention')
  return await store.db.transaction().execute(async db => {
    const ended = await endHoldRow(db, id, user.id, clock.now())
    const event = {
      who: user.id,
      what: 'hold-ended',
      subject: id.slice(0, 60),
      why: 'End a hold',
      from,
    } as const
    await appendEvent({ store: { db }, clock }, { ...event, outcome: ended ? 'done' : 'refused' })
    return ended ? ('ended' as const) : ('missing' as const)
  })
}

const isStaff = async (lake: RetentionDeps['lake'], staffId: string): Promise<boolean> => {
  const rows = await lake.rows(`select 1 from ${lakeDatabase}.staff where staff_id = {id:String} limit 1`, {
    id: staffId,
  })
  return rows.length > 0
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  dayOf(new Date(`${text}T00:00:00Z`)) === text
