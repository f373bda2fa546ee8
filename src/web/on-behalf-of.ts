import type { Session } from '../access/session.ts'
import type { ActingRole } from '../casework-store/act-for.ts'
import type { PageAccess } from './define-pages.ts'
import type { WebDeps } from './web-deps.ts'

/** Pages of accounts, one's own or others': they reach no police data in the store, and every other page reaches no account. */
const ofAccounts: readonly PageAccess[] = ['anyone', 'signed-in', 'manage-accounts', 'confirm-roles']

const roleOf = ({ permission }: { readonly permission: PageAccess }): ActingRole =>
  ofAccounts.includes(permission) ? 'upstander_accounts' : 'upstander_staff'

/** What a page works with: a casework store that knows who asks and keeps from them what they may not see. */
export const onBehalfOf = (
  deps: WebDeps,
  page: { readonly permission: PageAccess },
  session: Session | undefined,
): WebDeps => {
  const db = deps.store.actFor({ role: roleOf(page), token: session?.token ?? '' })
  return { ...deps, store: { ...deps.store, db } }
}
