import { addPasskey } from '../access/new-passkey.ts'
import { checkCode, hasAuthenticator } from '../access/authenticator.ts'
import { deleteAuthenticator } from '../access/authenticator-store.ts'
import { deletePasskey, listPasskeys } from '../access/passkey-store.ts'
import { makeRecoveryCodes } from '../access/recovery-codes.ts'
import { replaceRecoveryCodes } from '../access/recovery-code-store.ts'
import { endSessions, markProved } from '../access/session-store.ts'
import type { Session } from '../access/session.ts'
import type { SignInContext } from '../access/sign-in-context.ts'
import { changeWithEntry, self, type AccountDeps } from './account-deps.ts'

/** Makes a person's authenticator app count, once it shows a right code. Gives back recovery codes, shown once. */
export const confirmOwnAuthenticator = async (
  deps: AccountDeps,
  session: Session,
  typed: { readonly code: string; readonly from: string },
): Promise<readonly string[] | undefined> => {
  let codes: readonly string[] = []
  const entry = { what: 'own-factor-added', subject: session.user.id, why: 'authenticator app' } as const
  const done = await changeWithEntry(deps, self(session, typed.from), entry, async context => {
    if (!(await checkCode(context, session.user.id, typed.code, { confirming: true }))) return false
    await markProved(context.db, session.id, context.now, true)
    codes = await makeRecoveryCodes(context, session.user.id)
    return true
  })
  return done ? codes : undefined
}

/** Keeps a passkey that the browser made for a person. False when its answer is not to our question. */
export const addOwnPasskey = async (
  deps: AccountDeps,
  session: Session,
  made: { readonly answer: string; readonly name: string; readonly headers: Headers; readonly from: string },
): Promise<boolean> => {
  const entry = { what: 'own-factor-added', subject: session.user.id, why: 'passkey' } as const
  return await changeWithEntry(deps, self(session, made.from), entry, async context => {
    if (!(await addPasskey(context, session.user, made))) return false
    await markProved(context.db, session.id, context.now, true)
    return true
  })
}

/** Ten new recovery codes, shown once; those from before are worth nothing. */
export const renewRecoveryCodes = async (
  deps: AccountDeps,
  session: Session,
  from: string,
): Promise<readonly string[]> => {
  let codes: readonly string[] = []
  const entry = { what: 'recovery-codes-made', subject: session.user.id, why: 'asked for' } as const
  await changeWithEntry(deps, self(session, from), entry, async context => {
    codes = await makeRecoveryCodes(context, session.user.id)
    return true
  })
  return codes
}

/** What a person takes off their account. */
export type FactorToRemove = 'authenticator' | { readonly passkey: string }

/**
 * Takes a passkey or the authenticator app off a person's account, and ends their other sessions. `last` when it is the only
 * second step they have, where one is required: another must be there first.
 */
export const removeOwnFactor = async (
  deps: AccountDeps,
  session: Session,
  factor: FactorToRemove,
  from: string,
): Promise<'removed' | 'last' | 'missing'> => {
  const { id } = session.user
  if (await isLastFactor(deps.signIn.context, session)) return 'last'
  const why = factor === 'authenticator' ? 'authenticator app' : 'passkey'
  const entry = { what: 'own-factor-removed', subject: id, why } as const
  const done = await changeWithEntry(deps, self(session, from), entry, async ({ db }) => {
    if (factor !== 'authenticator') {
      if (!(await deletePasskey(db, id, factor.passkey))) return false
    } else {
      if (!(await hasAuthenticator(db, id))) return false
      await deleteAuthenticator(db, id)
      await replaceRecoveryCodes(db, id, [])
    }
    await endSessions(db, id, { except: session.id })
    return true
  })
  return done ? 'removed' : 'missing'
}

const isLastFactor = async ({ db, secondStep }: SignInContext, { user, method }: Session) => {
  if (secondStep === 'offered' || method === 'directory') return false
  const passkeys = await listPasskeys(db, user.id)
  return passkeys.length + Number(await hasAuthenticator(db, user.id)) <= 1
}
