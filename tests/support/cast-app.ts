import { createHmac } from 'node:crypto'
import { insertExclusion } from '../../src/access/exclusion-store.ts'
import { createSignIn } from '../../src/access/sign-in.ts'
import { addCast, castNames, type Cast, type CastName } from '../../src/access/test-cast.ts'
import { appendEvent } from '../../src/audit/audit-log.ts'
import { replaceRoleRequests } from '../../src/access/role-requests-store.ts'
import type { TestStore } from '../../src/casework-store/test-stores.ts'
import { askBreakGlass } from '../../src/concerns/break-glass.ts'
import { askEnd } from '../../src/concerns/exclusions.ts'
import { askAuthorisation } from '../../src/concerns/ask-authorisation.ts'
import { someAuthorisation } from '../../src/concerns/test-authorisation.ts'
import { addCaseFiles } from '../../src/concerns/test-case-file.ts'
import { fixedClock } from '../../src/core/clock.ts'
import { readKey } from '../../src/core/keys.ts'
import type { Lake } from '../../src/lake/lake.ts'
import { placeHold } from '../../src/retention/keep-hold.ts'
import { readWebContent } from '../../src/web/content.ts'
import type { WebDeps } from '../../src/web/web-deps.ts'

/** The whole cast of the tests of access at the door of the app, each with a visit open. */
export type CastApp = {
  readonly deps: WebDeps
  readonly cast: Cast
  /** The concern about the cast's subject, and one about somebody whom nobody in the cast knows. */
  readonly refs: { readonly theirs: string; readonly other: string }
  /** The cookie of a visit of theirs. */
  readonly cookieOf: (name: CastName) => Readonly<Record<string, string>>
}

/** An hour after the case files. */
const now = new Date('2026-05-20T10:00:00Z')
const clock = fixedClock(now.toISOString())

/** Fills a store with the cast, two whole case files and a row of everything else that has an id, for a lake with its tables. */
export const openCastApp = async ({ store, settings }: TestStore, lake: Lake): Promise<CastApp> => {
  const cast = await addCast(store)
  const refs = await addCaseFiles(store, cast)
  const secret = readKey(settings.dataDir, 'session').toString('hex')
  await store.db
    .updateTable('sessions')
    .set({ user_agent: 'lightMyRequest', opened_at: now, seen_at: now, proved_at: now })
    .execute()
  await addSecondVisits({ store }, cast)
  await addActs({ store, lake }, cast, refs)
  const signIn = createSignIn({ store, clock, secret, publicUrl: 'http://localhost', secondStep: 'offered' })
  const maskKey = readKey(settings.dataDir, 'mask')
  const content = readWebContent()
  return {
    deps: {
      ...{ lake, store, clock, content, secret, signIn, maskKey },
      settings: { publicUrl: undefined },
      logLevel: 'silent',
    },
    cast,
    refs,
    cookieOf: name => {
      const { token } = cast[name]
      const signature = createHmac('sha256', secret).update(token).digest('base64')
      return { 'upstander.session_token': encodeURIComponent(`${token}.${signature}`) }
    },
  }
}

type Stores = Pick<WebDeps, 'store'>

/** A second visit of everybody, which they may end from the first. */
const addSecondVisits = async ({ store }: Stores, cast: Cast): Promise<void> => {
  const rows = await store.db.selectFrom('sessions').selectAll().execute()
  await store.db
    .insertInto('sessions')
    .values(rows.map(row => ({ ...row, id: `second-${row.id}`, token: `second-${row.token}` })))
    .execute()
  if (rows.length !== Object.keys(cast).length) throw new Error('Not everybody has a visit.')
}

/** What has an id of its own and is no part of a case file. */
const addActs = async (
  { store, lake }: Stores & Pick<WebDeps, 'lake'>,
  cast: Cast,
  refs: CastApp['refs'],
): Promise<void> => {
  const from = '10.0.0.1'
  const reason = 'For the test'
  const as = (name: CastName) => ({
    store: { ...store, db: store.actFor({ role: 'upstander_staff', token: cast[name].token }) },
    clock,
    lake,
  })
  for (const [concern, by] of [
    [refs.theirs, 'handler'],
    [refs.other, 'prevent'],
  ] as const)
    await askBreakGlass(as(by), cast[by], { concern, cause: 'life_at_risk', reason, from })
  for (const ref of [refs.theirs, refs.other]) {
    const asked = { ...someAuthorisation, kind: 'system_audit', toOn: '2026-05-20', from }
    await askAuthorisation(as('investigator'), cast.investigator, ref, asked, [])
  }
  await insertExclusion(store.db, {
    userId: cast.analyst.id,
    from: { staffId: 'NOBODY-S' },
    kind: 'by_hand',
    source: 'test',
    reason,
    byUser: cast.head.id,
    at: now,
  })
  const excluded = await store.db
    .selectFrom('exclusions')
    .select('id')
    .where('user_id', '=', cast.analyst.id)
    .execute()
  for (const { id } of excluded)
    await askEnd(as('investigator'), cast.investigator, refs.other, { id, reason, from })
  const review = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
  await placeHold(as('head'), cast.head, { kind: 'everything', staff: '', reason, review }, from)
  await replaceRoleRequests(store.db, cast.handler.id, ['analyst'], cast.administrator.id, now)
  for (const name of castNames)
    await appendEvent(
      { store, clock: fixedClock('2026-04-20T10:00:00Z') },
      {
        who: cast[name].id,
        what: 'concern-read',
        subject: refs.other,
        why: reason,
        from,
        outcome: 'allowed',
      },
    )
}
