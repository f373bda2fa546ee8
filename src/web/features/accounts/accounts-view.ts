import { listAccountLines, type AccountLine } from '../../../access/account-lines-store.ts'
import { readsPoliceData, roleNames, roles, type Role } from '../../../access/roles.ts'
import { idleMinutes } from '../../../access/session.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'

const labels = (held: readonly Role[]): string =>
  held.length === 0 ? 'None' : held.map(role => roles[role].label).join(', ')

/** How far an account is: what the administrator has to know, and nothing about what the person reads. */
const stateOf = ({ disabledAt, invitedUntil, waiting }: AccountLine, now: Date): string => {
  if (disabledAt !== null) return 'Disabled'
  if (invitedUntil !== null) return invitedUntil > now ? 'Invited' : 'Invitation lapsed'
  return waiting.length > 0 ? 'Waits to be confirmed' : 'In use'
}

const secondStepOf = ({ passkeys, authenticator }: AccountLine): string => {
  const ways = [passkeys > 0 ? 'Passkey' : '', authenticator ? 'Authenticator app' : ''].filter(Boolean)
  return ways.length === 0 ? 'None yet' : ways.join(' and ').replace('and A', 'and a')
}

/** Every account in words, by name. */
export const accountLines = async ({ store, clock }: WebDeps) => {
  const now = clock.now()
  const lines = await listAccountLines(store.db, new Date(now.getTime() - idleMinutes * 60_000))
  return lines.map(line => ({
    id: line.id,
    name: line.name,
    email: line.email,
    href: fillPath(paths.person, { id: line.id }),
    roles: labels(line.roles),
    waiting: line.waiting.length === 0 ? undefined : labels(line.waiting),
    state: stateOf(line, now),
    secondStep: secondStepOf(line),
    sessions: line.sessions,
    staffId: line.staffId,
    unlinked: line.staffId === null && line.fromDirectory,
    disabled: line.disabledAt !== null,
    held: [...line.roles, ...line.waiting],
  }))
}

/** The check boxes of roles, with what each opens. */
export const roleChoices = (chosen: readonly string[]) =>
  roleNames.map(role => ({
    value: role,
    text: roles[role].label,
    checked: chosen.includes(role),
    hint: {
      text: readsPoliceData(role)
        ? 'Reads police data, once somebody has confirmed who it is'
        : 'Reads no police data',
    },
  }))
