import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** An authenticator app's secret, encrypted, and how far its codes are used up. */
export type StoredAuthenticator = {
  readonly secret: string
  readonly confirmedAt: Date | null
  readonly lastCounter: number
}

export const findAuthenticator = async (
  db: CaseworkDb,
  userId: string,
): Promise<StoredAuthenticator | undefined> => {
  const row = await db
    .selectFrom('authenticators')
    .select(['secret', 'confirmed_at', 'last_counter'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row && { secret: row.secret, confirmedAt: row.confirmed_at, lastCounter: row.last_counter }
}

/** Keeps a new secret, which counts once a code of it was shown. One that counts already stays. */
export const offerAuthenticator = async (
  db: CaseworkDb,
  userId: string,
  secret: string,
  at: Date,
): Promise<void> => {
  await db
    .insertInto('authenticators')
    .values({ user_id: userId, secret, made_at: at })
    .onConflict(conflict =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret, made_at: at, last_counter: 0 })
        .where('authenticators.confirmed_at', 'is', null),
    )
    .execute()
}

/** Uses a code up. False when it, or a later one, was used before: of two at once only one passes. */
export const useCounter = async (db: CaseworkDb, userId: string, counter: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('authenticators')
    .set({ last_counter: counter })
    .where('user_id', '=', userId)
    .where('last_counter', '<', counter)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const confirmAuthenticator = async (db: CaseworkDb, userId: string, at: Date): Promise<void> => {
  await db
    .updateTable('authenticators')
    .set({ confirmed_at: at })
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is', null)
    .execute()
}

export const deleteAuthenticator = async (db: CaseworkDb, userId: string): Promise<void> => {
  await db.deleteFrom('authenticators').where('user_id', '=', userId).execute()
}
