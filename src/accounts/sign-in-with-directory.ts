import { findUser, isEmailTaken, replaceRoles } from '../access/accounts-store.ts'
import {
  findDirectoryAccount,
  insertDirectoryAccount,
  isLinked,
  setStaffId,
} from '../access/directory-accounts-store.ts'
import type { Directory, DirectoryPerson, DirectoryQuestion } from '../access/directory.ts'
import { makeAccount } from '../access/make-account.ts'
import { openSession } from '../access/open-session.ts'
import { listRefusedRoles, listRoleRequests } from '../access/role-requests-store.ts'
import { roleClash, type Role } from '../access/roles.ts'
import { endSessions } from '../access/session-store.ts'
import type { SignedIn } from '../access/sign-in-context.ts'
import { beginStep, endStep } from '../access/sign-in-steps.ts'
import { z } from 'zod'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'

const questionShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })

/** Where the directory asks who it is, and the cookie that ties its answer to this browser. */
export const askDirectory = async (
  { signIn, clock }: AccountDeps,
  directory: Directory,
): Promise<{ readonly url: string; readonly cookie: string }> => {
  const { url, question } = await directory.ask()
  const deps = { ...signIn.context, now: clock.now() }
  const cookie = await beginStep(deps, { kind: 'directory', userId: null, detail: question })
  return { url, cookie }
}

/**
 * Signs in whom the directory names. Their roles are what their groups say now: gone with the group at the next sign-in.
 * Refused: an answer that is not to this browser's question, a person in none of our groups or in groups whose roles
 * clash, one who was disabled here, and an e-mail address that an account of ours has which is not the directory's.
 */
export const signInWithDirectory = async (
  deps: AccountDeps,
  directory: Directory,
  answer: { readonly url: URL; readonly headers: Headers; readonly from: string },
): Promise<SignedIn> => {
  const { context } = deps.signIn
  const step = await endStep({ ...context, now: deps.clock.now() }, 'directory', answer.headers)
  const question: DirectoryQuestion | undefined = questionShape.safeParse(step?.detail).data
  const person = question === undefined ? undefined : await directory.read(answer.url, question)
  if (person === undefined) return { outcome: 'refused' }
  const roles = [...new Set(person.groups.flatMap(group => directory.settings.roles[group] ?? []))]
  const userId = await keepAccount(deps, person, roles, answer.from)
  if (userId === undefined) return { outcome: 'refused' }
  if (roles.length === 0 || roleClash(roles) !== undefined) return { outcome: 'refused', userId }
  const { headers, from } = answer
  const opening = { userId, method: 'directory', secondStep: true, from, headers } as const
  return await openSession(context, { ...opening, directoryVisit: person.visit })
}

/** The account of a person, made where there is none, with the roles of now. Clashing roles are none. */
const keepAccount = async (
  deps: AccountDeps,
  person: DirectoryPerson,
  mapped: readonly Role[],
  from: string,
): Promise<string | undefined> => {
  const { db } = deps.store
  const known = await findDirectoryAccount(db, person.subject)
  // What waits to be confirmed here, and what was refused, does not come back by the directory.
  const waiting = known === undefined ? [] : (await listRoleRequests(db, known)).map(each => each.role)
  const kept = known === undefined ? [] : [...waiting, ...(await listRefusedRoles(db, known))]
  const roles = roleClash(mapped) === undefined ? mapped.filter(role => !kept.includes(role)) : []
  if (known === undefined && roles.length === 0) return undefined
  let userId = known ?? ''
  const held = known === undefined ? [] : ((await findUser(db, known))?.roles ?? [])
  const links = known !== undefined && person.staffId !== null && !(await isLinked(db, known))
  if (known !== undefined && sameRoles(held, roles) && !links) return known
  const what = known === undefined ? 'account-made' : 'roles-changed'
  const why = `directory: ${roles.join(', ') || 'none'}`
  const entry = { what, subject: userId, why } as const
  const done = await changeWithEntry(deps, { id: 'directory', from }, entry, async context => {
    if (known === undefined) {
      if (await isEmailTaken(context.db, person.email)) return false
      userId = await makeAccount(context.db, { email: person.email, name: person.name }, context.now)
      await insertDirectoryAccount(context.db, userId, person.subject, context.now)
    }
    if (person.staffId !== null) await setStaffId(context.db, userId, person.staffId)
    await replaceRoles(context.db, userId, roles, 'directory', context.now)
    await endSessions(context.db, userId)
    return userId
  })
  return done ? userId : undefined
}

const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.toSorted().join() === other.toSorted().join()
