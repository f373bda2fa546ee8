import type { User } from '../access/user.ts'
import { appendEvent, type AuditDeps } from '../audit/audit-log.ts'
import { selectUnitStaff } from './watching-store.ts'

/**
 * Writes to the log that somebody searched for themselves or for somebody close to them, for the auditor. The person learns nothing of
 * it: the search answers as any other.
 */
export const noteOwnSearch = async (
  deps: AuditDeps,
  user: User,
  typed: string,
  /** Network address. */
  from: string,
): Promise<void> => {
  const text = wordsOf(typed)
  if (text.length < 3) return
  const own = (await selectUnitStaff(deps.store.db)).find(each => each.userId === user.id)
  const names = [user.name, user.email, ...(own === undefined ? [] : [own.staffId])]
  const close = own?.people.map(each => each.personId) ?? []
  if (![...names, ...close].map(wordsOf).some(name => name.length > 2 && ` ${text} `.includes(` ${name} `)))
    return
  await appendEvent(deps, {
    who: user.id,
    what: 'own-name-searched',
    subject: '',
    why: 'Searched the review queue for themselves or somebody close',
    from,
    outcome: 'allowed',
  })
}

/** Lower case, with one space between words, however they were parted. */
const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}@.+]+/u)
    .filter(word => word !== '')
    .join(' ')
