import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Status } from './concern.ts'
import type { StoredConcern } from './concern-store.ts'
import type { DispositionKind } from './dispositions.ts'
import type { StandingPart } from './standing.ts'

/** What a disposition changes about a concern, and what undoing it puts back. Moments as ISO text. */
export type Place = {
  readonly status: Status
  readonly waitingSince: string | null
  readonly dueOn: string | null
  readonly watchUntil: string | null
  readonly closedAt: string | null
  readonly decidedBand: string | null
}

/** Where a concern stands in its review. */
export const placeOf = (stored: StoredConcern): Place => ({
  status: stored.status as Status,
  waitingSince: stored.waiting_since?.toISOString() ?? null,
  dueOn: stored.due_on,
  watchUntil: stored.watch_until,
  closedAt: stored.closed_at?.toISOString() ?? null,
  decidedBand: stored.decided_band,
})

/** Puts a concern in a place. */
export const movePlace = async (db: CaseworkDb, ref: string, place: Place): Promise<void> => {
  await db
    .updateTable('concerns')
    .set(({ eb }) => ({
      status: place.status,
      waiting_since: place.waitingSince === null ? null : new Date(place.waitingSince),
      due_on: place.dueOn,
      watch_until: place.watchUntil,
      closed_at: place.closedAt === null ? null : new Date(place.closedAt),
      decided_band: place.decidedBand,
      version: eb('version', '+', 1),
    }))
    .where('ref', '=', ref)
    .execute()
}

type NewDisposition = {
  readonly ref: string
  readonly kind: DispositionKind
  readonly explanation: string | null
  readonly until: string | null
  readonly reason: string
  readonly byUser: string
  readonly at: Date
  readonly band: string
  readonly points: number
  readonly before: Place
}

/** Writes a disposition down, with the indicators it was made on. */
export const insertDisposition = async (
  db: CaseworkDb,
  row: NewDisposition,
  parts: readonly StandingPart[],
): Promise<void> => {
  const { until, byUser, before, ...same } = row
  const { id } = await db
    .insertInto('dispositions')
    .values({ ...same, until_on: until, by_user: byUser, before: JSON.stringify(before) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const indicators = new Map(parts.flatMap(part => part.indicators).map(each => [each.id, each]))
  if (indicators.size === 0) return
  await db
    .insertInto('disposition_indicators')
    .values(
      [...indicators.values()].map(each => ({
        disposition: id,
        indicator: each.id,
        version: each.version,
        edition: each.edition ?? 0,
        points: each.points,
      })),
    )
    .execute()
}

/** The last disposition of a concern that was not taken back. */
export const findLastDisposition = async (db: CaseworkDb, ref: string) =>
  db
    .selectFrom('dispositions')
    .selectAll()
    .where('ref', '=', ref)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Marks a disposition as taken back; it stays in the record. */
export const markUndone = async (db: CaseworkDb, id: number, at: Date): Promise<void> => {
  await db.updateTable('dispositions').set({ undone_at: at }).where('id', '=', id).execute()
}
