import { replaceRoles } from '../../src/access/accounts-store.ts'
import { makeUser } from '../../src/access/make-user.ts'
import type { Role } from '../../src/access/roles.ts'
import { createSignIn } from '../../src/access/sign-in.ts'
import type { User } from '../../src/access/user.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { userOf } from '../../src/concerns/test-authorisation.ts'
import type { Clock } from '../../src/core/clock.ts'
import { readKey } from '../../src/core/keys.ts'
import { raiseFromLake } from '../../src/jobs/detect-and-raise.ts'
import type { Lake } from '../../src/lake/lake.ts'
import { confirmInvented } from '../../src/tuning/confirm-feeds.ts'
import { buildApp } from '../../src/web/app.ts'
import { readWebContent } from '../../src/web/content.ts'
import type { WebDeps } from '../../src/web/web-deps.ts'
import { visit, type Visitor } from './visitor.ts'

/** The staff app on the records of a demonstration force, with the concerns that its scores raise. */
export type ForceApp = {
  readonly deps: WebDeps
  /** Somebody with this role, with a visit open. */
  readonly join: (role: Role) => Promise<{ readonly user: User; readonly visitor: Visitor }>
  readonly close: () => Promise<void>
}

/** @param lastDay the last day that detection ran on, `YYYY-MM-DD` */
export const openForceApp = async (
  lake: Lake,
  { dataDir, clock, lastDay }: { readonly dataDir: string; readonly clock: Clock; readonly lastDay: string },
): Promise<ForceApp> => {
  const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
  await confirmInvented({ store, clock }, 1_000_000)
  await raiseFromLake({ lake, store, clock }, lastDay)
  const secret = readKey(dataDir, 'session').toString('hex')
  const publicUrl = 'http://localhost'
  const deps: WebDeps = {
    ...{ lake, store, clock, secret, content: readWebContent(), maskKey: readKey(dataDir, 'mask') },
    signIn: createSignIn({ store, clock, secret, publicUrl, secondStep: 'offered' }),
    settings: { publicUrl: undefined },
    logLevel: 'silent',
  }
  const app = await buildApp(deps)
  const setUp = { id: 'set-up', name: 'Set-up', email: '', roles: ['system_administrator'] as const }
  return {
    deps,
    join: async role => {
      const email = `${role.replaceAll('_', '.')}@unit.example`
      const person = { email, name: `The ${role.replaceAll('_', ' ')}`, roles: [role] }
      const { password } = await makeUser({ store, clock }, setUp, person)
      const user = await userOf(store.db, email)
      await replaceRoles(store.db, user.id, [role], 'set-up', clock.now())
      return { user: { ...user, roles: [role] }, visitor: await visit(app).signIn({ email, password }) }
    },
    close: async () => {
      await app.close()
      await store.close()
    },
  }
}
