import { listRoleRequests } from '../../../access/role-requests-store.ts'
import { roles } from '../../../access/roles.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { accountLines, roleChoices } from './accounts-view.ts'
import type { InviteTyped } from './invite-form.ts'

type Faults = Readonly<Partial<Record<'name' | 'email' | 'number' | 'roles', string>>>

/** In the order of the fields of the form. */
const problemsOf = (faults: Faults) =>
  (['name', 'email', 'number', 'roles'] as const).flatMap(field => {
    const text = faults[field]
    return text === undefined ? [] : [{ href: `#${field}`, text }]
  })

/** The list of accounts. */
export const accountsPage = async (deps: WebDeps): Promise<Answer> => ({
  show: 'accounts/accounts.njk',
  data: { title: 'Accounts', accounts: await accountLines(deps) },
})

/** The form that invites a person. */
export const invitePage = (typed: InviteTyped, faults: Faults = {}): Answer => ({
  show: 'accounts/new.njk',
  status: Object.keys(faults).length > 0 ? 400 : 200,
  data: {
    title: 'Invite a person',
    typed,
    choices: roleChoices(typed.roles),
    errors: faults,
    problems: problemsOf(faults),
  },
})

/** A first sign-in, shown once. */
export const firstSignInPage = (given: {
  readonly email: string
  readonly password: string
  readonly until: Date
  readonly id: string
}): Answer => ({
  show: 'accounts/first-sign-in.njk',
  data: { title: 'First sign-in', given, back: fillPath(paths.person, { id: given.id }) },
})

/** One account: its roles, and what an administrator may do with it. */
export const personPage = async (
  deps: WebDeps,
  visit: Visit,
  again: {
    readonly fault?: string
    readonly roles?: readonly string[]
    readonly number?: { readonly typed: string; readonly fault: string }
  } = {},
): Promise<Answer> => {
  const id = visit.params['id'] ?? ''
  const account = (await accountLines(deps)).find(each => each.id === id)
  if (account === undefined) return 'missing'
  const to = (path: string): string => fillPath(path, { id })
  return {
    show: 'accounts/person.njk',
    status: again.fault === undefined ? (again.number === undefined ? 200 : 400) : 409,
    data: {
      title: 'Account',
      account,
      own: id === visit.user.id,
      choices: roleChoices(again.roles ?? account.held),
      fault: again.fault,
      number: again.number,
      problems: [
        ...(again.fault === undefined ? [] : [{ href: '#roles', text: again.fault }]),
        ...(again.number === undefined ? [] : [{ href: '#number', text: again.number.fault }]),
      ],
      actions: {
        roles: to(paths.personRoles),
        staff: to(paths.personStaff),
        disabled: to(paths.personDisabled),
        sessions: to(paths.personSessions),
        inviteAgain: to(paths.inviteAgain),
      },
    },
  }
}

/** Accounts that wait until somebody confirms who holds them. Never one's own. */
export const roleRequestsPage = async (deps: WebDeps, { user }: Visit): Promise<Answer> => {
  const requests = await listRoleRequests(deps.store.db)
  const accounts = await accountLines(deps)
  const waiting = accounts
    .map(account => ({ account, asked: requests.filter(each => each.userId === account.id) }))
    .filter(({ account, asked }) => asked.length > 0 && account.id !== user.id)
    .map(({ account, asked }) => ({
      ...account,
      asked: asked.map(each => roles[each.role].label).join(', '),
      askedAt: asked[0]?.askedAt,
      action: fillPath(paths.confirmRoles, { id: account.id }),
    }))
  return { show: 'accounts/to-confirm.njk', data: { title: 'Confirm roles', waiting } }
}
