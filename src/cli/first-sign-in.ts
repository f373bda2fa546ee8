import { countUsers } from '../access/accounts-store.ts'
import { makeFirstUser, makeUser } from '../access/make-user.ts'
import type { User } from '../access/user.ts'
import { invitationDays } from '../accounts/invite-person.ts'
import { appendEvent, type AuditDeps } from '../audit/audit-log.ts'
import { systemClock } from '../core/clock.ts'
import { isDemonstration } from './demonstration.ts'
import { administrator, demonstrationPeople, type FirstPerson } from './demonstration-people.ts'
import type { Stores } from './with-stores.ts'

/** An account made at the first start. The password is random, shown once and kept nowhere. */
export type FirstSignIn = { readonly name: string; readonly email: string; readonly password: string }

const setUp: User = { id: 'set-up', name: 'Set-up', email: '', roles: ['system_administrator'] }

/** The accounts of a new casework store: one administrator, and in the demonstration a whole unit. None where there are any. */
export const makeFirstSignIns = async ({
  lake,
  store,
  settings,
}: Stores): Promise<readonly FirstSignIn[]> => {
  if ((await countUsers(store.db)) > 0) return []
  const deps = { store, clock: systemClock }
  if (!(await isDemonstration(lake, settings.dataDir))) {
    const passwordExpiresAt = new Date(systemClock.now().getTime() + invitationDays * 86_400_000)
    const { id, password } = await makeFirstUser(deps, { ...administrator, passwordExpiresAt })
    await noteMade(deps, id, administrator)
    return [{ name: administrator.name, email: administrator.email, password }]
  }
  const [head = administrator, ...others] = await demonstrationPeople(store.db)
  const first = await makeFirstUser(deps, head)
  const made = [first, ...(await Promise.all(others.map(each => makeUser(deps, setUp, each))))]
  const signIns: FirstSignIn[] = []
  for (const [at, person] of [head, ...others].entries()) {
    await noteMade(deps, made[at]?.id ?? '', person)
    signIns.push({ name: person.name, email: person.email, password: made[at]?.password ?? '' })
  }
  return signIns
}

const noteMade = (deps: AuditDeps, id: string, { roles, staffId }: FirstPerson): Promise<unknown> =>
  appendEvent(deps, {
    who: 'set-up',
    what: 'account-made',
    subject: id,
    why: `${roles.join(', ')}${staffId === null ? '' : `, staff number ${staffId}`}`,
    from: 'command line',
    outcome: 'done',
  })

/** The first sign-ins as the terminal shows them. */
export const firstSignInWords = (made: readonly FirstSignIn[]): string => {
  const [one] = made
  if (one === undefined)
    return '  Sign in with the account shown at the first start, or one that its administrator made.'
  if (made.length === 1)
    return `  E-mail    ${one.email}\n  Password  ${one.password}   (shown once: write it down)`
  const wide = (of: (each: FirstSignIn) => string): number => Math.max(...made.map(each => of(each).length))
  const [names, emails] = [wide(each => each.name), wide(each => each.email)]
  const rows = made.map(
    ({ name, email, password }) => `  ${name.padEnd(names)}  ${email.padEnd(emails)}  ${password}`,
  )
  return `Sign in with an e-mail address and its password (shown once: write them down):\n\n${rows.join('\n')}`
}
