import { countUsers } from '../access/accounts-store.ts'
import { makeFirstUser, makeUser } from '../access/make-user.ts'
import type { Role } from '../access/roles.ts'
import type { User } from '../access/user.ts'
import { invitationDays } from '../accounts/invite-person.ts'
import { appendEvent, type AuditDeps } from '../audit/audit-log.ts'
import { systemClock } from '../core/clock.ts'
import { isDemonstration } from './demonstration.ts'
import type { Stores } from './with-stores.ts'

type First = { readonly email: string; readonly name: string; readonly roles: readonly Role[] }

const administrator: First = {
  email: 'administrator@unit.example',
  name: 'Administrator',
  roles: ['system_administrator'],
}

/** In the demonstration somebody can also read: there is nobody real in it. */
const head: First = { email: 'head@unit.example', name: 'Head of unit', roles: ['analyst', 'head_of_unit'] }

/** Looking deeper takes two people: one asks, the other grants. */
const investigator: First = {
  email: 'investigator@unit.example',
  name: 'Investigator',
  roles: ['investigator'],
}

/** An account made at the first start. The password is random, shown once and kept nowhere. */
export type FirstSignIn = { readonly email: string; readonly password: string }

const setUp: User = { id: 'set-up', name: 'Set-up', email: '', roles: ['system_administrator'] }

/** The accounts of a new casework store: one administrator, and in the demonstration a head of unit and an investigator before. None where there are any. */
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
    return [{ email: administrator.email, password }]
  }
  const first = await makeFirstUser(deps, head)
  const others = [investigator, administrator]
  const made = await Promise.all(others.map(each => makeUser(deps, setUp, each)))
  for (const [at, { id }] of [first, ...made].entries())
    await noteMade(deps, id, [head, ...others][at] ?? head)
  return [
    { email: head.email, password: first.password },
    ...others.map(({ email }, at) => ({ email, password: made[at]?.password ?? '' })),
  ]
}

const noteMade = (deps: AuditDeps, id: string, { roles }: First): Promise<unknown> =>
  appendEvent(deps, {
    who: 'set-up',
    what: 'account-made',
    subject: id,
    why: roles.join(', '),
    from: 'command line',
    outcome: 'done',
  })

/** The first sign-ins as the terminal shows them. */
export const firstSignInWords = (made: readonly FirstSignIn[]): string =>
  made.length === 0
    ? '  Sign in with the account shown at the first start, or one that its administrator made.'
    : made
        .map(
          ({ email, password }) =>
            `  E-mail    ${email}\n  Password  ${password}   (shown once: write it down)`,
        )
        .join('\n\n')
