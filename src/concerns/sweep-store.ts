import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { notKeptFrom } from '../access/exclusion-store.ts'
import type { Footing } from './footing.ts'

/** Keeps a sweep with what it found. */
export const insertSweep = async (
  db: CaseworkDb,
  row: Footing & {
    readonly reference: string
    readonly id: string
    readonly ref: string
    readonly byUser: string
    readonly at: Date
    readonly result: object
  },
): Promise<void> => {
  await db
    .insertInto('sweeps')
    .values({
      id: row.id,
      ref: row.ref,
      by_user: row.byUser,
      at: row.at,
      authorisation: row.reference,
      basis: row.basis,
      necessity: row.necessity,
      proportionality: row.proportionality,
      result: JSON.stringify(row.result),
    })
    .execute()
}

/** The sweeps of a concern with who ran them, newest first. */
export const selectSweeps = async (db: CaseworkDb, ref: string) =>
  db
    .selectFrom('sweeps')
    .innerJoin('users', 'users.id', 'sweeps.by_user')
    .selectAll('sweeps')
    .select('users.name as by_name')
    .where('ref', '=', ref)
    .orderBy('at', 'desc')
    .orderBy('sweeps.id')
    .execute()

/** References of the concerns about a member of staff that a person may see, by the person each is about. */
export const concernsOfStaff = async (
  db: CaseworkDb,
  userId: string,
  staffId: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('concerns')
    .select(['ref', 'person_id'])
    .where('staff_id', '=', staffId)
    .where(notKeptFrom(userId, 'concerns'))
    .execute()
  return new Map(rows.map(row => [row.person_id, row.ref]))
}
