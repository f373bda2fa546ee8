import { invitationFaults, invitePerson } from '../../../accounts/invite-person.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import type { WebDeps } from '../../web-deps.ts'
import { inviteForm, rolesOf } from './invite-form.ts'
import { firstSignInPage, invitePage } from './pages-of-accounts.ts'
import { readStaffLink } from './staff-link.ts'

/** Makes an account for a person, linked to their row of the staff records, and shows their first sign-in once. */
export const invite = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const typed = inviteForm.parse(visit.form)
  const notStaff = typed.not_staff === 'yes'
  const { name, email } = typed
  const roles = rolesOf(typed.roles)
  const link = await readStaffLink(deps.lake, { number: typed.number, notStaff })
  const faults = {
    ...invitationFaults({ name, email, roles }),
    ...('fault' in link ? { number: link.fault } : {}),
  }
  if ('fault' in link || Object.keys(faults).length > 0) return invitePage(typed, faults)
  const invitation = { name, email, roles, staffId: link.staffId, from: visit.from }
  const invited = await invitePerson(deps, visit.user, invitation)
  if (invited.outcome === 'refused') return invitePage(typed, invited.faults)
  return firstSignInPage({ ...invited, email })
}
