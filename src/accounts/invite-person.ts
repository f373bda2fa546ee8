import { isEmailTaken, setPassword } from '../access/accounts-store.ts'
import { deleteAuthenticator } from '../access/authenticator-store.ts'
import { makeAccount } from '../access/make-account.ts'
import { accountShape, randomPassword } from '../access/make-user.ts'
import { deletePasskeys } from '../access/passkey-store.ts'
import { hashPassword } from '../access/password-hash.ts'
import { replaceRecoveryCodes } from '../access/recovery-code-store.ts'
import { endSessions } from '../access/session-store.ts'
import { roleClash, type Role } from '../access/roles.ts'
import { demand, type User } from '../access/user.ts'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'
import { giveRoles, withdrawPoliceRoles } from './give-roles.ts'
import { mayChangeAccount } from './may-change-account.ts'

/** Days within which a first sign-in must be used. */
export const invitationDays = 3

type Invitation = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Their row in the feed `staff`; null when they are not in it. */
  readonly staffId: string | null
  readonly from: string
}

/** What is wrong with an invitation, a sentence for each field. */
export type InvitationFaults = Readonly<Partial<Record<'email' | 'name' | 'roles', string>>>

/** `password` is a first sign-in, shown once: it lets its holder choose their own password, and nothing else. */
export type Invited =
  | { readonly outcome: 'invited'; readonly id: string; readonly password: string; readonly until: Date }
  | { readonly outcome: 'refused'; readonly faults: InvitationFaults }

/** Every fault of an invitation that can be seen without looking at other accounts. */
export const invitationFaults = (
  invitation: Pick<Invitation, 'email' | 'name' | 'roles'>,
): InvitationFaults => {
  const issues = accountShape.safeParse(invitation).error?.issues.map(issue => issue.path[0]) ?? []
  const roles = invitation.roles.length === 0 ? 'Select what they do' : roleClash(invitation.roles)
  return {
    ...(issues.includes('name') ? { name: 'Enter their name' } : {}),
    ...(issues.includes('email') ? { email: 'Enter an e-mail address like name@example.uk' } : {}),
    ...(roles === undefined ? {} : { roles }),
  }
}

/**
 * Makes an account and its first sign-in. Roles that read police data count once another person has confirmed them.
 * @throws AppError REFUSED when the person who asks may not
 */
export const invitePerson = async (deps: AccountDeps, by: User, invitation: Invitation): Promise<Invited> => {
  demand(by, 'manage-accounts')
  const faults = invitationFaults(invitation)
  if (Object.keys(faults).length > 0) return { outcome: 'refused', faults }
  const { email, name } = accountShape.parse(invitation)
  const password = randomPassword()
  const until = invitationEnd(deps)
  let id = ''
  const entry = { what: 'account-made', subject: '', why: invitation.roles.join(', ') } as const
  const made = await changeWithEntry(deps, { id: by.id, from: invitation.from }, entry, async context => {
    if (await isEmailTaken(context.db, email)) return false
    const { staffId } = invitation
    const account = { email, name, password, passwordExpiresAt: until, staffId }
    id = await makeAccount(context.db, account, context.now)
    await giveRoles(context.db, { userId: id, roles: invitation.roles, by: by.id, at: context.now })
    return id
  })
  if (!made)
    return { outcome: 'refused', faults: { email: 'There is an account with this e-mail address already' } }
  return { outcome: 'invited', id, password, until }
}

/**
 * Gives a person who lost their ways to sign in a new first sign-in, once. What they had before is worth nothing, and roles
 * that read police data wait to be confirmed again: otherwise whoever gives the sign-in could use it themselves.
 * @throws AppError REFUSED when the person who asks may not
 */
export const inviteAgain = async (
  deps: AccountDeps,
  by: User,
  about: { readonly userId: string; readonly from: string },
): Promise<{ readonly password: string; readonly until: Date } | 'missing'> => {
  demand(by, 'manage-accounts')
  const { userId, from } = about
  if ((await mayChangeAccount(deps.store.db, by, userId)) !== 'yes') return 'missing'
  const password = randomPassword()
  const until = invitationEnd(deps)
  const hash = await hashPassword(password)
  const entry = { what: 'account-invited-again', subject: userId, why: 'asked for' } as const
  await changeWithEntry(deps, { id: by.id, from }, entry, async ({ db, now }) => {
    await setPassword(db, userId, { hash, expiresAt: until, at: now })
    await deleteAuthenticator(db, userId)
    await deletePasskeys(db, userId)
    await replaceRecoveryCodes(db, userId, [])
    await withdrawPoliceRoles(db, { userId, by: by.id, at: now })
    await endSessions(db, userId)
    return true
  })
  return { password, until }
}

const invitationEnd = ({ clock }: AccountDeps): Date =>
  new Date(clock.now().getTime() + invitationDays * 86_400_000)
