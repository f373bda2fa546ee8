import { hasAuthenticator } from '../../../access/authenticator.ts'
import { listPasskeys } from '../../../access/passkey-store.ts'
import { permissionNames, permissions } from '../../../access/permissions.ts'
import { countRecoveryCodes } from '../../../access/recovery-code-store.ts'
import { roles } from '../../../access/roles.ts'
import { listSessions } from '../../../access/session-store.ts'
import { idleMinutes, signInMethods } from '../../../access/session.ts'
import { can } from '../../../access/user.ts'
import type { Visit } from '../../define-pages.ts'
import { browserWords } from './browser-words.ts'
import type { WebDeps } from '../../web-deps.ts'

/** Everything the page of a person's own account shows. */
export const accountView = async (deps: WebDeps, { user, session }: Visit, fault?: string) => {
  const { db } = deps.store
  const since = new Date(deps.clock.now().getTime() - idleMinutes * 60_000)
  const sessions = await listSessions(db, user.id, since)
  return {
    title: 'Your account',
    roles: user.roles.map(role => roles[role].label),
    may: permissionNames.filter(name => can(user, name)).map(name => permissions[name].means),
    method: session.method,
    passkeys: await listPasskeys(db, user.id),
    authenticator: await hasAuthenticator(db, user.id),
    recoveryCodes: await countRecoveryCodes(db, user.id),
    sessions: sessions.map(each => ({
      ...each,
      browser: browserWords(each.agent),
      how: signInMethods[each.method],
      here: each.id === session.id,
    })),
    problems: fault === undefined ? [] : [{ href: '#ways', text: fault }],
  }
}
