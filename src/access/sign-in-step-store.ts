import type { CaseworkDb } from '../casework-store/casework-store.ts'

/**
 * `code`: the password was right; `directory`: the force's directory was asked; the others: a passkey was asked for, to sign
 * in, to prove who one is, or to be made. An answer to one never counts for another.
 */
export type StepKind = 'code' | 'directory' | 'passkey-sign-in' | 'passkey-proof' | 'passkey-new'

/** What a sign-in under way waits for. */
export type Step = {
  /** Hash of the word that the browser holds. */
  readonly id: string
  readonly userId: string | null
  readonly detail: unknown
}

/** Adds a step, and forgets those whose time is over. */
export const insertStep = async (
  db: CaseworkDb,
  step: Step & { readonly kind: StepKind; readonly expiresAt: Date },
  now: Date,
): Promise<void> => {
  await db.deleteFrom('sign_in_steps').where('expires_at', '<', now).execute()
  await db
    .insertInto('sign_in_steps')
    .values({
      id: step.id,
      kind: step.kind,
      user_id: step.userId,
      detail: JSON.stringify(step.detail),
      expires_at: step.expiresAt,
    })
    .execute()
}

export const findStep = async (
  db: CaseworkDb,
  id: string,
  kind: StepKind,
  now: Date,
): Promise<Step | undefined> => {
  const row = await db
    .selectFrom('sign_in_steps')
    .select(['id', 'user_id', 'detail'])
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && { id: row.id, userId: row.user_id, detail: row.detail }
}

/** Takes a step away; of two at once only one gets it. */
export const takeStep = async (
  db: CaseworkDb,
  id: string,
  kind: StepKind,
  now: Date,
): Promise<Step | undefined> => {
  const row = await db
    .deleteFrom('sign_in_steps')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .returning(['id', 'user_id', 'detail'])
    .executeTakeFirst()
  return row && { id: row.id, userId: row.user_id, detail: row.detail }
}

/** Counts a try and gives back how many there were with it. */
export const addTry = async (db: CaseworkDb, id: string, kind: StepKind): Promise<number> => {
  const row = await db
    .updateTable('sign_in_steps')
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('kind', '=', kind)
    .returning('tries')
    .executeTakeFirst()
  return row?.tries ?? Infinity
}
