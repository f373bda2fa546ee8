import { setPassword } from '../access/accounts-store.ts'
import { shortestPassword } from '../access/auth-library.ts'
import { hashPassword } from '../access/password-hash.ts'
import { endSessions } from '../access/session-store.ts'
import type { Session } from '../access/session.ts'
import { changeWithEntry, self, type AccountDeps } from './account-deps.ts'

/** What is wrong with a password that a person wants, as a sentence; undefined when nothing is. */
export const passwordFault = (
  password: string,
  user: { readonly email: string; readonly name: string },
): string | undefined => {
  if (password.length < shortestPassword)
    return `Choose a password of ${shortestPassword} characters or more. Three words that have nothing to do with each other are good`
  if (password.length > 256) return 'Choose a password of 256 characters or fewer'
  const letters = new Set(password.toLowerCase())
  if (letters.size < 5) return 'Choose a password with more than a few different characters'
  const plain = password.toLowerCase()
  const own = [user.email.split('@')[0] ?? '', ...user.name.split(/\s+/)].map(word => word.toLowerCase())
  if (own.some(word => word.length > 3 && plain.replaceAll(word, '').length < shortestPassword))
    return 'Choose a password that is not made of your name'
  return undefined
}

/** Gives a person the password they chose, and ends their other sessions. Gives back what is wrong with it. */
export const chooseOwnPassword = async (
  deps: AccountDeps,
  session: Session,
  chosen: { readonly password: string; readonly from: string },
): Promise<string | undefined> => {
  const fault = passwordFault(chosen.password, session.user)
  if (fault !== undefined) return fault
  const hash = await hashPassword(chosen.password)
  const entry = { what: 'own-password-chosen', subject: session.user.id, why: 'asked for' } as const
  await changeWithEntry(deps, self(session, chosen.from), entry, async ({ db, now }) => {
    await setPassword(db, session.user.id, { hash, expiresAt: null, at: now })
    await endSessions(db, session.user.id, { except: session.id })
    return true
  })
  return undefined
}
