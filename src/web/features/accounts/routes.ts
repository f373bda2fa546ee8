import { z } from 'zod'
import {
  changeRoles,
  disableAccount,
  endAllSessions,
  linkToStaff,
  type AccountChange,
} from '../../../accounts/change-account.ts'
import { confirmRoles } from '../../../accounts/confirm-roles.ts'
import { inviteAgain } from '../../../accounts/invite-person.ts'
import { findUser } from '../../../access/accounts-store.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { invite } from './invite.ts'
import { inviteForm, rolesForm, rolesOf } from './invite-form.ts'
import { readStaffLink } from './staff-link.ts'
import {
  accountsPage,
  firstSignInPage,
  invitePage,
  personPage,
  roleRequestsPage,
} from './pages-of-accounts.ts'

const purpose = 'Look after accounts'
const choice = z.object({ choice: z.enum(['yes', 'no']).catch('no') })
const idOf = ({ params }: Visit): string => params['id'] ?? ''

const number = z.object({ number: z.string().trim().max(60).catch('') })

const link = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const typed = number.parse(visit.form)
  const found = await readStaffLink(deps.lake, { ...typed, notStaff: false })
  if ('fault' in found || found.staffId === null) {
    const fault = typed.number === '' || !('fault' in found) ? 'Enter their staff number' : found.fault
    return await personPage(deps, visit, { number: { typed: typed.number, fault } })
  }
  const about = { userId: idOf(visit), staffId: found.staffId, from: visit.from }
  return await answerTo(deps, visit, await linkToStaff(deps, visit.user, about))
}

const answerTo = async (deps: WebDeps, visit: Visit, change: AccountChange): Promise<Answer> => {
  if (change.outcome === 'missing') return 'missing'
  if (change.outcome === 'refused') return await personPage(deps, visit, { fault: change.fault })
  return { goTo: fillPath(paths.person, { id: idOf(visit) }) }
}

/** The administrator's accounts, and the second person who confirms who may read police data. */
export const accountsPages = definePages([
  {
    method: 'GET',
    path: paths.accounts,
    permission: 'manage-accounts',
    audit: 'accounts-read',
    purpose,
    handle: accountsPage,
  },
  {
    method: 'GET',
    path: paths.invite,
    permission: 'manage-accounts',
    audit: 'accounts-read',
    purpose,
    handle: () => Promise.resolve(invitePage(inviteForm.parse({}))),
  },
  {
    method: 'POST',
    path: paths.invite,
    permission: 'manage-accounts',
    audit: { byUseCase: 'account-made' },
    purpose,
    proof: 'fresh',
    handle: invite,
  },
  {
    method: 'GET',
    path: paths.roleRequests,
    permission: 'confirm-roles',
    audit: 'accounts-read',
    purpose: 'Confirm who holds an account',
    handle: roleRequestsPage,
  },
  {
    method: 'POST',
    path: paths.confirmRoles,
    permission: 'confirm-roles',
    audit: { byUseCase: 'roles-confirmed' },
    purpose: 'Confirm who holds an account',
    proof: 'fresh',
    handle: async (deps, visit) => {
      const granted = choice.parse(visit.form).choice === 'yes'
      const answer = { userId: idOf(visit), granted, from: visit.from }
      const outcome = await confirmRoles(deps, visit.user, answer)
      return outcome === 'missing' ? 'missing' : { goTo: paths.roleRequests }
    },
  },
  {
    method: 'GET',
    path: paths.person,
    permission: 'manage-accounts',
    audit: 'accounts-read',
    purpose,
    handle: (deps, visit) => personPage(deps, visit),
  },
  {
    method: 'POST',
    path: paths.personRoles,
    permission: 'manage-accounts',
    audit: { byUseCase: 'roles-changed' },
    purpose,
    proof: 'fresh',
    handle: async (deps, visit) => {
      const roles = rolesOf(rolesForm.parse(visit.form).roles)
      const change = await changeRoles(deps, visit.user, { userId: idOf(visit), roles, from: visit.from })
      return change.outcome === 'refused'
        ? await personPage(deps, visit, { fault: change.fault, roles })
        : await answerTo(deps, visit, change)
    },
  },
  {
    method: 'POST',
    path: paths.personStaff,
    permission: 'manage-accounts',
    audit: { byUseCase: 'account-linked' },
    purpose,
    proof: 'fresh',
    handle: link,
  },
  {
    method: 'POST',
    path: paths.personDisabled,
    permission: 'manage-accounts',
    audit: { byUseCase: 'account-disabled' },
    purpose,
    proof: 'fresh',
    handle: async (deps, visit) => {
      const disabled = choice.parse(visit.form).choice === 'yes'
      const change = await disableAccount(deps, visit.user, {
        userId: idOf(visit),
        disabled,
        from: visit.from,
      })
      return await answerTo(deps, visit, change)
    },
  },
  {
    method: 'POST',
    path: paths.personSessions,
    permission: 'manage-accounts',
    audit: { byUseCase: 'sessions-ended' },
    purpose,
    handle: async (deps, visit) => {
      const change = await endAllSessions(deps, visit.user, { userId: idOf(visit), from: visit.from })
      return await answerTo(deps, visit, change)
    },
  },
  {
    method: 'POST',
    path: paths.inviteAgain,
    permission: 'manage-accounts',
    audit: { byUseCase: 'account-invited-again' },
    purpose,
    proof: 'fresh',
    handle: async (deps, visit) => {
      const id = idOf(visit)
      const person = await findUser(deps.store.db, id)
      const given = await inviteAgain(deps, visit.user, { userId: id, from: visit.from })
      if (given === 'missing' || person === undefined) return 'missing'
      return firstSignInPage({ id, email: person.email, ...given })
    },
  },
])
