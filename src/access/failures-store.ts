import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** How many tries were counted in a bucket since a moment. */
export const countTries = async (db: CaseworkDb, bucket: string, since: Date): Promise<number> => {
  const { count } = await db
    .selectFrom('sign_in_failures')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('bucket', '=', bucket)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

/** Counts a try in each bucket, and forgets tries from before a moment. Gives back the ids of its rows. */
export const addTries = async (
  db: CaseworkDb,
  buckets: readonly string[],
  at: Date,
  forgetBefore: Date,
): Promise<number[]> => {
  await db.deleteFrom('sign_in_failures').where('at', '<', forgetBefore).execute()
  const rows = await db
    .insertInto('sign_in_failures')
    .values(buckets.map(bucket => ({ bucket, at })))
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

/** Takes tries back. */
export const removeTries = async (db: CaseworkDb, ids: readonly number[]): Promise<void> => {
  await db.deleteFrom('sign_in_failures').where('id', 'in', ids).execute()
}
