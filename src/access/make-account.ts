import { randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { insertAccount } from './accounts-store.ts'
import { hashPassword } from './password-hash.ts'

export type AccountToMake = {
  readonly email: string
  readonly name: string
  /** Undefined for a person who signs in with the force's directory alone. */
  readonly password?: string
  /** Until when the password is good for choosing one's own; null when it is theirs already. */
  readonly passwordExpiresAt?: Date | null
  /** Their row in the feed `staff`; null when they are not in it. */
  readonly staffId?: string | null
}

/** Makes an account without a role, within the caller's transaction. Gives back its id. */
export const makeAccount = async (db: CaseworkDb, account: AccountToMake, at: Date): Promise<string> => {
  const id = randomBytes(16).toString('hex')
  const hash = account.password === undefined ? undefined : await hashPassword(account.password)
  await insertAccount(db, { ...account, id, email: account.email.toLowerCase(), hash, at })
  return id
}
