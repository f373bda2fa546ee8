import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { Secret, TOTP } from 'otpauth'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import {
  confirmAuthenticator,
  findAuthenticator,
  offerAuthenticator,
  useCounter,
} from './authenticator-store.ts'

type AuthenticatorDeps = {
  readonly db: CaseworkDb
  /** Encrypts the secrets; kept outside the store. */
  readonly secret: string
  readonly now: Date
}

const periodSeconds = 30

/** What every authenticator app understands: RFC 6238 with SHA-1, six digits, thirty seconds. */
const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    issuer: 'Upstander',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  })

/** What a person puts into their app. */
export type AuthenticatorOffer = {
  /** `otpauth://…`, as the picture holds it. */
  readonly uri: string
  /** The same secret to type, in groups of four. */
  readonly key: string
}

/**
 * The secret for a person's authenticator app: the one offered before as long as no code of it was shown, else a new one.
 * Undefined when they have one that counts: it must be taken away first.
 */
export const offerSecret = async (
  deps: AuthenticatorDeps,
  user: { readonly id: string; readonly email: string },
): Promise<AuthenticatorOffer | undefined> => {
  const held = await findAuthenticator(deps.db, user.id)
  if (held !== undefined && held.confirmedAt !== null) return undefined
  const before = held === undefined ? undefined : await opened(deps, held.secret)
  const secret = before ?? new Secret({ size: 20 }).base32
  if (before === undefined) await offerAuthenticator(deps.db, user.id, await sealed(deps, secret), deps.now)
  return { uri: totpOf(secret, user.email).toString(), key: (secret.match(/.{1,4}/g) ?? []).join(' ') }
}

/** Whether a person has an authenticator app that counts. */
export const hasAuthenticator = async (db: CaseworkDb, userId: string): Promise<boolean> => {
  const held = await findAuthenticator(db, userId)
  return held !== undefined && held.confirmedAt !== null
}

/**
 * Whether a code is right, one period early or late included, and not used before. A right code is used up.
 * `confirming` takes the first code of an app that does not count yet, and makes it count.
 */
export const checkCode = async (
  deps: AuthenticatorDeps,
  userId: string,
  typed: string,
  { confirming = false } = {},
): Promise<boolean> => {
  const code = typed.replaceAll(/\s/g, '')
  const held = await findAuthenticator(deps.db, userId)
  if (held === undefined || (held.confirmedAt === null) !== confirming || !/^\d{6}$/.test(code)) return false
  const timestamp = deps.now.getTime()
  const secret = await opened(deps, held.secret)
  if (secret === undefined) return false
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: 1 })
  if (delta === null) return false
  const counter = Math.floor(timestamp / 1_000 / periodSeconds) + delta
  if (!(await useCounter(deps.db, userId, counter))) return false
  if (confirming) await confirmAuthenticator(deps.db, userId, deps.now)
  return true
}

const sealed = ({ secret }: AuthenticatorDeps, data: string): Promise<string> =>
  symmetricEncrypt({ key: secret, data })

/** Undefined once the key of sessions was changed: such a code is wrong, and asking for it must not fail. */
const opened = ({ secret }: AuthenticatorDeps, data: string): Promise<string | undefined> =>
  symmetricDecrypt({ key: secret, data }).catch(() => undefined)
