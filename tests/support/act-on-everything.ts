import assert from 'node:assert/strict'
import { insertStaffLinks } from '../../src/access/staff-link-store.ts'
import type { Cast, CastName } from '../../src/access/test-cast.ts'
import { changeRoles, linkToStaff } from '../../src/accounts/change-account.ts'
import { confirmRoles } from '../../src/accounts/confirm-roles.ts'
import { invitePerson } from '../../src/accounts/invite-person.ts'
import { appendEvent } from '../../src/audit/audit-log.ts'
import { approveBreakGlass, askBreakGlass, reviewBreakGlass } from '../../src/concerns/break-glass.ts'
import { actOnAuthorisation } from '../../src/concerns/answer-authorisation.ts'
import { askAuthorisation } from '../../src/concerns/ask-authorisation.ts'
import { agreeEnd, askEnd, exclude } from '../../src/concerns/exclusions.ts'
import { endNotice, enterNotice, readNotices } from '../../src/concerns/notices.ts'
import { recordDisposition } from '../../src/concerns/record-disposition.ts'
import { recuse } from '../../src/concerns/recuse.ts'
import { keepSweep, orderSweep } from '../../src/concerns/sweeps.ts'
import { someAuthorisation } from '../../src/concerns/test-authorisation.ts'
import { undoDisposition } from '../../src/concerns/undo-disposition.ts'
import { grantUnmask, requestUnmask } from '../../src/concerns/unmask.ts'
import { readIndicators } from '../../src/detection/indicators.ts'
import { answerDestruction, askDestruction } from '../../src/retention/ask-destruction.ts'
import { findOpenDestruction } from '../../src/retention/destruction-store.ts'
import { listHolds } from '../../src/retention/hold-store.ts'
import { endHold, placeHold } from '../../src/retention/keep-hold.ts'
import { confirmFeeds, confirmInvented, withdrawFeeds } from '../../src/tuning/confirm-feeds.ts'
import { endException } from '../../src/tuning/end-exception.ts'
import { makeException } from '../../src/tuning/make-exception.ts'
import { askToPublish, publishDraft } from '../../src/tuning/publish-draft.ts'
import { rollBack } from '../../src/tuning/roll-back.ts'
import { saveDraft } from '../../src/tuning/save-draft.ts'
import { findDraft } from '../../src/tuning/tuning-store.ts'
import { drawLastMonth, judgeSampled } from '../../src/watching/dip-sample.ts'
import type { CastApp } from './cast-app.ts'

const from = '10.0.0.1'
const reason = 'For the test'

/** Does once, through the product, everything that a table keeps with who did it. On the concern that nobody of the cast is close to. */
export const actOnEverything = async ({ deps, cast, refs }: CastApp): Promise<void> => {
  const room = { ...deps, cast, ref: refs.other }
  await onConcern(room)
  await onAuthorisations(room)
  await inEmergency(room)
  await onDetection(room)
  await onRecords(room)
  await onAccounts(room)
}

type Room = CastApp['deps'] & { readonly cast: Cast; readonly ref: string }

/** What acting as somebody works with: the store as their visit sees it. */
const as = ({ cast, ...deps }: Room, name: CastName) => ({
  ...deps,
  store: { ...deps.store, db: deps.store.actFor({ role: 'upstander_staff', token: cast[name].token }) },
})

const done = async (work: Promise<unknown>, wanted: RegExp): Promise<void> => {
  assert.match(JSON.stringify(await work), wanted)
}

const onConcern = async (room: Room): Promise<void> => {
  const { cast, ref } = room
  const [investigator, head, analyst] = [cast.investigator, cast.head, cast.reports]
  const [deps, second] = [as(room, 'investigator'), as(room, 'head')]
  const decision = { kind: 'develop', reason } as const
  await done(recordDisposition(deps, investigator, ref, decision), /decided|done|recorded/)
  await done(undoDisposition(deps, investigator, ref, from), /undone/)
  await done(requestUnmask(deps, investigator, ref, { reason, from }), /asked|shown/)
  for (const { id } of await room.store.db
    .selectFrom('unmasks')
    .select('id')
    .where('ref', '=', ref)
    .execute())
    await grantUnmask(second, head, id, from)
  const typed = { kind: 'served', day: '2026-05-10', time: '14:30', people: [], colleagues: [] }
  const notice = { ...typed, authorisation: '', reason, from }
  await done(enterNotice(deps, investigator, ref, notice, { staff: [], people: [] }), /entered/)
  for (const { id } of (await readNotices(deps, ref)).notices)
    await endNotice(deps, investigator, ref, { notice: id, reason, from })
  await done(exclude(second, head, ref, { userId: cast.prevent.id, reason, from }), /done/)
  const excluded = await room.store.db
    .selectFrom('exclusions')
    .select('id')
    .where('user_id', '=', cast.prevent.id)
    .execute()
  for (const { id } of excluded) {
    await done(askEnd(deps, investigator, ref, { id, reason, from }), /done/)
    await done(agreeEnd(second, head, ref, { id, from }), /done/)
  }
  await done(recuse(as(room, 'reports'), analyst, ref, { knows: 'both', from }), /taken-off/)
}

const onAuthorisations = async (room: Room): Promise<void> => {
  const { investigator, head } = room.cast
  const [deps, second] = [as(room, 'investigator'), as(room, 'head')]
  const ask = async (kind: 'sweep' | 'system_audit'): Promise<string> => {
    const input = { ...someAuthorisation, kind, toOn: '2026-05-20', from }
    const asked = await askAuthorisation(deps, investigator, room.ref, input, [])
    return asked.outcome === 'asked' ? asked.ref : assert.fail(JSON.stringify(asked))
  }
  const act = (ref: string, what: 'grant' | 'refuse' | 'review' | 'end') =>
    done(actOnAuthorisation(second, head, ref, { act: what, reason, from }), /done/)
  await act(await ask('system_audit'), 'refuse')
  const ref = await ask('sweep')
  for (const what of ['grant', 'review'] as const) await act(ref, what)
  const order = await orderSweep(deps, investigator, room.ref, { authorisation: ref, from })
  assert.ok(order.outcome === 'may-run', JSON.stringify(order))
  const sums = { people: 1, numbers: 0, organisations: 0, oneTrace: 0, total: 0, seconds: 0.1 }
  const days = { fromDay: '2026-01-01', toDay: '2026-05-20' }
  const kept = { ...sums, ...days, looksFor: [], listed: [], coverage: [] }
  await keepSweep(deps, investigator, order.order, from, kept)
  await act(ref, 'end')
}

/** Somebody of each of three lines: one asks, two approve. */
const inEmergency = async (room: Room): Promise<void> => {
  const { cast, ref, clock } = room
  const link = (staffId: string, otherStaffId: string) =>
    ({ staffId, otherStaffId, personId: '', kind: 'supervises', source: 'test' }) as const
  await insertStaffLinks(
    room.store.db,
    [link('BOSS-1', 'STRANGER-2'), link('BOSS-2', 'COLLEAGUE'), link('BOSS-3', 'HANDLER')],
    clock.now(),
  )
  await room.store.db
    .updateTable('users')
    .set({ staff_id: 'HANDLER' })
    .where('id', '=', cast.handler.id)
    .execute()
  const asked = { concern: ref, cause: 'life_at_risk', reason, from }
  const glass = await askBreakGlass(as(room, 'handler'), cast.handler, asked)
  assert.ok(glass.outcome === 'done', JSON.stringify(glass))
  const approve = (name: CastName) =>
    done(approveBreakGlass(as(room, name), cast[name], glass.ref, { reason, from }), /done/)
  await approve('investigator')
  await approve('colleague')
  const review = { justified: 'yes', reason, from }
  await done(reviewBreakGlass(as(room, 'auditor'), cast.auditor, glass.ref, review), /done/)
}

const onDetection = async (room: Room): Promise<void> => {
  const { cast, ref, lake } = room
  const [head, investigator] = [cast.head, cast.investigator]
  const [deps, second] = [{ ...as(room, 'head'), lake }, as(room, 'investigator')]
  const shape = {
    kind: 'pair',
    concern: ref,
    plan: '',
    place: '',
    number: '',
    reason,
    owner: head.id,
  } as const
  const exception = { ...shape, from: '2026-01-01', until: '2026-08-20' }
  await done(makeException(deps, head, exception, from), /made/)
  for (const { id } of await room.store.db
    .selectFrom('exceptions')
    .select('id')
    .where('made_by', '=', head.id)
    .execute())
    await done(endException(deps, head, id, { how: 'end', from }), /ended/)
  const indicator = readIndicators().find(each => each.id === 'off-duty-contact')
  assert.ok(indicator)
  const parameters = Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, { value }]) => [name, String(value)]),
  )
  const save = () =>
    done(
      saveDraft(deps, head, indicator, { typed: { parameters, weight: '1', status: 'shadow' }, from }),
      /saved/,
    )
  const version = async () => (await findDraft(room.store.db, indicator.id))?.version
  await save()
  // Nothing was detected here that a preview could be of.
  await room.store.db.updateTable('indicator_drafts').set({ preview: '{}' }).execute()
  await done(askToPublish(deps, head, indicator.id, { reason, version: await version(), from }), /asked/)
  await done(publishDraft(second, investigator, indicator, { version: await version(), from }), /published/)
  await done(rollBack(deps, head, indicator, { to: 0, from }), /rolled-back/)
  await save()
  await confirmInvented(room, 1)
  const officer = cast.data_protection
  const feeds = { feeds: ['billing'], basis: 'law_enforcement', notice: 'restricted', noticeOn: '' }
  const given = { ...feeds, owner: 'The owner', retentionDays: '', untilOn: '2026-11-01', reason }
  await done(confirmFeeds(as(room, 'data_protection'), officer, given, from), /confirmed/)
  await confirmFeeds(room, { commandLine: 'somebody at the machine' }, given, from)
  await withdrawFeeds(as(room, 'data_protection'), officer, { feeds: ['billing'], reason }, from)
}

const onRecords = async (room: Room): Promise<void> => {
  const { cast, lake } = room
  const deps = (name: CastName) => ({ ...as(room, name), lake })
  const hold = { kind: 'everything', staff: '', reason, review: '2026-06-19' } as const
  await placeHold(deps('head'), cast.head, hold, from)
  for (const { id } of await listHolds(room.store.db, cast.head.id))
    await endHold(deps('head'), cast.head, { id, from })
  const ask = async (answer: 'agree' | 'withdraw'): Promise<void> => {
    await done(askDestruction(deps('head'), cast.head, { reason, from }), /done/)
    const id = (await findOpenDestruction(room.store.db))?.id ?? ''
    const officer = cast.data_protection
    await done(answerDestruction(deps('data_protection'), officer, { id, answer, from }), /done/)
  }
  await ask('withdraw')
  await ask('agree')
  await drawLastMonth(room)
  const sampled = await room.store.db.selectFrom('dip_sample_entries').select('seq').execute()
  for (const { seq } of sampled)
    await judgeSampled(deps('auditor'), cast.auditor, seq, { outcome: 'shown', note: reason, from })
}

const onAccounts = async (room: Room): Promise<void> => {
  const { administrator, head } = room.cast
  const person = { email: 'new@example.uk', name: 'New', roles: ['analyst'], staffId: null, from } as const
  const invited = await invitePerson(room, administrator, person)
  assert.ok(invited.outcome === 'invited')
  const userId = invited.id
  await done(confirmRoles(room, head, { userId, granted: true, from }), /answered/)
  await done(changeRoles(room, administrator, { userId, roles: ['analyst', 'prevent'], from }), /changed/)
  await done(linkToStaff(room, administrator, { userId, staffId: 'NEW', from }), /changed/)
  const stamps = { id: 'p', user_id: userId, public_key: 'x', counter: 0, transports: '', name: 'Key' }
  const added = { who: userId, what: 'own-factor-added', subject: userId, why: 'passkey' } as const
  await room.store.db
    .insertInto('passkeys')
    .values({ ...stamps, made_at: room.clock.now() })
    .execute()
  await appendEvent(room, { ...added, from, outcome: 'done' })
}
