import type { User } from './user.ts'

/** Ways to show who one is when a session begins. */
export const signInMethods = {
  password: 'Password',
  passkey: 'Passkey',
  directory: 'Force account',
} as const satisfies Record<string, string>

export type SignInMethod = keyof typeof signInMethods

/** Hours after which a session ends, whatever is done with it (NIST SP 800-63B-4: 24 at most at AAL2, 12 at AAL3). */
export const longestSessionHours = 12

/** Minutes without a request after which a session ends (NIST SP 800-63B-4: 60 at most at AAL2). */
export const idleMinutes = 30

/** Minutes for which showing who one is counts for the gravest acts. */
const proofMinutes = 10

/** What a person has still to do before anything else opens to them. */
export type SetUpNeed = 'own-password' | 'second-step'

/** A person's visit, from signing in to signing out. */
export type Session = {
  readonly id: string
  /** The secret of the cookie: `sessions.token`. Row-level security finds the person by its SHA-256. */
  readonly token: string
  readonly user: User
  readonly method: SignInMethod
  readonly openedAt: Date
  readonly seenAt: Date
  readonly provedAt: Date
  /** Undefined when nothing stands in the way. */
  readonly needs: SetUpNeed | undefined
}

type Times = { readonly openedAt: Date; readonly seenAt: Date }

const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000

/** Whether a session's time is over. A clock moved back ends it too: nothing may last longer for it. */
export const isOver = ({ openedAt, seenAt }: Times, now: Date): boolean => {
  const [open, idle] = [minutesBetween(openedAt, now), minutesBetween(seenAt, now)]
  return open >= longestSessionHours * 60 || idle >= idleMinutes || open < -clockSlack || idle < -clockSlack
}

/** Minutes by which the clock may be corrected backwards without ending sessions. */
const clockSlack = 5

/** Whether the person showed who they are recently enough for the gravest acts. */
export const isProofFresh = ({ provedAt }: { readonly provedAt: Date }, now: Date): boolean => {
  const age = minutesBetween(provedAt, now)
  return age < proofMinutes && age >= -clockSlack
}
