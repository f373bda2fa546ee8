import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** A passkey: its public half, and how often its device says it was used. */
export type Passkey = {
  /** Credential id, base64url. */
  readonly id: string
  readonly userId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly counter: number
  /** Ways to reach its device, as the browser told them. */
  readonly transports: readonly string[]
  readonly name: string
  readonly madeAt: Date
  readonly usedAt: Date | null
}

type Row = {
  id: string
  user_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  made_at: Date
  used_at: Date | null
}

const passkeyOf = (row: Row): Passkey => ({
  id: row.id,
  userId: row.user_id,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports === '' ? [] : row.transports.split(' '),
  name: row.name,
  madeAt: row.made_at,
  usedAt: row.used_at,
})

export const findPasskey = async (db: CaseworkDb, id: string): Promise<Passkey | undefined> => {
  const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst()
  return row && passkeyOf(row)
}

/** The passkeys of a person, oldest first. */
export const listPasskeys = async (db: CaseworkDb, userId: string): Promise<Passkey[]> => {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows.map(passkeyOf)
}

/** Keeps a passkey; false when its id is taken already. */
export const insertPasskey = async (db: CaseworkDb, passkey: Omit<Passkey, 'usedAt'>): Promise<boolean> => {
  const row = await db
    .insertInto('passkeys')
    .values({
      id: passkey.id,
      user_id: passkey.userId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports.join(' '),
      name: passkey.name,
      made_at: passkey.madeAt,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Notes a use. False when the count did not grow since it was read: of two answers with one count only one passes. */
export const markPasskeyUsed = async (
  db: CaseworkDb,
  { id, counter }: Pick<Passkey, 'id' | 'counter'>,
  newCounter: number,
  at: Date,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ counter: newCounter, used_at: at })
    .where('id', '=', id)
    .where('counter', '=', counter)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes every passkey of a person away. */
export const deletePasskeys = async (db: CaseworkDb, userId: string): Promise<void> => {
  await db.deleteFrom('passkeys').where('user_id', '=', userId).execute()
}

/** Takes a passkey of this person away; false when there is none such. */
export const deletePasskey = async (db: CaseworkDb, userId: string, id: string): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
