import type { Role } from '../access/roles.ts'
import { selectFreeOfLines } from '../access/staff-link-store.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Somebody for whom an account is made at the first start. */
export type FirstPerson = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Their row of the feed `staff`; null for one who is not in it. */
  readonly staffId: string | null
}

/** The one account of a force's own first start. */
export const administrator: FirstPerson = {
  email: 'administrator@unit.example',
  name: 'Administrator',
  roles: ['system_administrator'],
  staffId: null,
}

/**
 * Who plays the unit in the demonstration, where nobody is real: enough people to see everything that takes two or three of them. The
 * first one makes the others possible, so the head of unit stands first.
 */
const players: readonly Omit<FirstPerson, 'staffId'>[] = [
  { email: 'head@unit.example', name: 'Head of unit', roles: ['analyst', 'head_of_unit'] },
  { email: 'investigator@unit.example', name: 'Investigator', roles: ['investigator'] },
  { email: 'handler@unit.example', name: 'Case handler', roles: ['case_handler'] },
  { email: 'auditor@unit.example', name: 'Auditor', roles: ['auditor'] },
  { email: 'protection@unit.example', name: 'Data protection', roles: ['data_protection'] },
]

/**
 * The people of the demonstration, each linked to somebody of the made-up force: of different lines, since an emergency takes three, and
 * such as are close to as few as can be whom a concern is about.
 */
export const demonstrationPeople = async (db: CaseworkDb): Promise<readonly FirstPerson[]> => {
  const free = await selectFreeOfLines(db, players.length)
  return [...players.map((person, at) => ({ ...person, staffId: free[at] ?? null })), administrator]
}
