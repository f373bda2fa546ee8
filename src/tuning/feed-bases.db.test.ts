import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { addTestUser, clearConcerns, movableClock } from '../concerns/test-concerns.ts'
import { silentProgress } from '../core/progress.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedWorld } from '../detection/tuned-world.ts'
import { readFeeds } from '../intake/feeds.ts'
import { detectAndRaise } from '../jobs/detect-and-raise.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { confirmFeeds, confirmInvented, withdrawFeeds } from './confirm-feeds.ts'
import type { TypedFeeds } from './read-feed-form.ts'
import { readFeedBases, readUnreadFeeds } from './unread-feeds.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'upstander-feeds-'))
const all = readFeeds().feeds.map(feed => feed.name)
let lake: Lake

before(async () => {
  lake = await openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 2_000, lakeThreads: 0 })
  await loadRecords(lake, tunedWorld)
})
after(async () => {
  await lake.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const asProposed: TypedFeeds = {
  feeds: all,
  basis: '',
  notice: '',
  noticeOn: '2025-01-06',
  owner: '',
  retentionDays: '',
  untilOn: '2026-06-01',
  reason: 'DPIA 14, signed on 2 June.',
}

onEachStore(store => {
  const clock = movableClock('2025-06-23T02:00:00Z')
  const deps = () => ({ lake, store: store(), clock, progress: silentProgress })
  let officer: User

  beforeEach(async () => {
    clock.set('2025-06-23T02:00:00Z')
    await clearConcerns(store())
    await store().db.deleteFrom('feed_bases').execute()
    officer = await addTestUser(store(), 'D P Officer', ['data_protection'])
  })

  const confirm = (change: Partial<TypedFeeds> = {}, who = officer) =>
    confirmFeeds(deps(), who, { ...asProposed, ...change }, '10.0.0.9')
  const faultsOf = async (change: Partial<TypedFeeds>) => {
    const result = await confirm(change)
    return result.outcome === 'invalid' ? result.faults : {}
  }
  const count = async (what: string): Promise<number> =>
    (await lake.rows<{ rows: number }>(`select count() as rows from upstander.${what}`))[0]?.rows ?? 0

  test('once what was proposed no longer holds and nobody has confirmed a basis, no indicator reads anything and nothing is raised', async () => {
    const { detected, raised } = await detectAndRaise(deps())
    assert.deepEqual(detected.unread, all)
    assert.deepEqual(
      [detected.findings, raised.opened, await count('contacts'), await count('lookups')],
      [0, 0, 0, 0],
    )
    assert.ok((await count('billing')) > 0, 'the records themselves stay')
  })

  test('for sixty days from the first records on, what is proposed holds; not a day longer', async () => {
    clock.set('2025-03-02T23:00:00Z')
    assert.deepEqual(await readUnreadFeeds(deps()), [])
    const [first] = await readFeedBases(deps())
    assert.equal(first?.state, 'provisional')
    clock.set('2025-03-03T01:00:00Z')
    assert.deepEqual(await readUnreadFeeds(deps()), all)
  })

  test('a feed whose basis was withdrawn is not read, and is read again once it is confirmed anew', async () => {
    await confirm()
    assert.deepEqual(await readUnreadFeeds(deps()), [])
    const asked = { feeds: ['billing'], reason: 'The notice was wrong.' }
    await withdrawFeeds(deps(), officer, asked, '')
    assert.deepEqual(await readUnreadFeeds(deps()), ['billing'])
    await confirm({ feeds: ['billing'] })
    assert.deepEqual(await readUnreadFeeds(deps()), [])
  })

  test('a basis lapses by itself, with a warning of thirty days', async () => {
    await confirm()
    const stateOf = async (feed: string) =>
      (await readFeedBases(deps())).find(each => each.feed.name === feed)?.state
    clock.set('2026-05-01T02:00:00Z')
    assert.equal(await stateOf('billing'), 'current')
    clock.set('2026-05-03T02:00:00Z')
    assert.equal(await stateOf('billing'), 'lapsing')
    clock.set('2026-06-01T23:59:00Z')
    assert.deepEqual(await readUnreadFeeds(deps()), [])
    clock.set('2026-06-02T00:01:00Z')
    assert.deepEqual(await readUnreadFeeds(deps()), all)
  })

  test('what was confirmed for invented records does not hold for one batch of real records', async () => {
    const newest = await lake.rows<{ batch: number }>('select max(batch_id) as batch from upstander.batches')
    const through = newest[0]?.batch ?? 0
    await confirmInvented(deps(), through)
    assert.deepEqual(await readUnreadFeeds(deps()), [])
    await lake.insert('upstander.batches', [{ batch_id: through + 1, feed: 'billing' }])
    assert.deepEqual(await readUnreadFeeds(deps()), all)
    await confirm()
    assert.deepEqual(await readUnreadFeeds(deps()), [])
    await lake.run('delete from upstander.batches where batch_id > {through:UInt32}', { through })
  })

  test('a basis says which feeds, since when staff know, until when and why; monitoring needs its own notice', async () => {
    assert.deepEqual(
      Object.keys(
        await faultsOf({
          feeds: ['nothing'],
          basis: 'x',
          notice: 'x',
          noticeOn: '',
          untilOn: '2030-01-01',
          reason: ' ',
        }),
      ),
      ['feeds', 'basis', 'notice', 'untilOn', 'reason'],
    )
    assert.deepEqual(Object.keys(await faultsOf({ noticeOn: '2025-06-24' })), ['noticeOn'], 'in the past')
    const messages = { feeds: ['messages'], basis: 'monitoring' }
    assert.deepEqual(Object.keys(await faultsOf({ ...messages, notice: 'privacy_notice' })), ['notice'])
    assert.deepEqual(Object.keys(await faultsOf({ ...messages, notice: 'restricted' })), ['notice'])
    const crime = { feeds: ['billing'], basis: 'law_enforcement', notice: 'restricted', noticeOn: '' }
    assert.equal((await confirm(crime)).outcome, 'confirmed')
  })

  test('only the data protection officer confirms, and the log says what', async () => {
    const head = await addTestUser(store(), 'A Head', ['head_of_unit'])
    assert.equal((await confirm({}, head)).outcome, 'missing')
    assert.equal((await withdrawFeeds(deps(), head, asProposed, '')).outcome, 'missing')
    await confirm({ feeds: ['billing'] })
    const entries = store()
      .db.selectFrom('audit_entries')
      .select(['what', 'subject', 'why'])
      .orderBy('seq', 'desc')
    const last = await entries.executeTakeFirst()
    assert.deepEqual([last?.what, last?.subject], ['feeds-confirmed', 'billing'])
    assert.match(last?.why ?? '', /^law_enforcement|^monitoring/)
  })
})
