import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { User } from '../access/user.ts'
import { makeBackup, newBackupId } from '../backup/make-backup.ts'
import { noteRestored } from '../backup/note-backup.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { addTestUser, movableClock } from '../concerns/test-concerns.ts'
import { raiseConcerns } from '../concerns/raise-concerns.ts'
import { lastRun } from '../detection/runs.ts'
import { writeOnePair } from '../../tests/support/one-pair.ts'
import { oneStanding } from '../../tests/support/staff-app.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedWorld } from '../detection/tuned-world.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { answerDestruction, askDestruction } from '../retention/ask-destruction.ts'
import { findOpenDestruction, listDestructions } from '../retention/destruction-store.ts'
import { readRegister, registerOf } from '../retention/erasure-register.ts'
import { endHold, placeHold, type TypedHold } from '../retention/keep-hold.ts'
import { listHolds } from '../retention/hold-store.ts'
import { concernsOf, planDestruction } from '../retention/plan-destruction.ts'
import { insertFeedBases, type FeedBasis } from '../tuning/feed-basis-store.ts'
import { carryOutAgreed, carryOutRegister, type ErasureDeps } from './carry-out-destruction.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-retention-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

const lakeIn = (dataDir: string): Promise<Lake> =>
  openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 1_000, lakeThreads: 1 })

/** Bills are kept for two years, postings for seven: at this moment the bills of the world are due and nothing else is. */
const later = '2027-07-15T09:00:00Z'
const from = '10.0.0.7'

/** Two pairs with concerns: S1’s concern is developed, S2’s was closed long ago. */
const prepare = async ({ lake, store, clock, ...register }: ErasureDeps & { store: CaseworkStore }) => {
  await loadRecords(lake, tunedWorld)
  await writeOnePair(lake)
  await carryOutRegister({ lake, store, clock, ...register })
  const standings = ['S1', 'S2'].map(staffId => ({
    ...oneStanding,
    staffId,
    personId: `P${staffId.slice(1)}`,
  }))
  await raiseConcerns({ store, clock }, standings, { staffCount: 1_000, lastDay: '2025-06-20' })
  const open = 'waiting_since = null, due_on = null, watch_until = null'
  await runSql(store, `update concerns set status = 'developing', ${open} where staff_id = 'S1'`)
  await runSql(
    store,
    `update concerns set status = 'closed', closed_at = '2019-01-01', ${open} where staff_id = 'S2'`,
  )
}

const billedBy = async (lake: Lake): Promise<string[]> => {
  const rows = await lake.rows<{ who: string }>(
    'select distinct device_address as who from upstander.billing order by who',
  )
  return rows.map(row => row.who.slice(-1))
}

const staffOfConcerns = async ({ db }: Pick<CaseworkStore, 'db'>): Promise<string[]> => {
  const rows = await db.selectFrom('concerns').select('staff_id').orderBy('staff_id').execute()
  return [...new Set(rows.map(row => row.staff_id))]
}

/** Asks and agrees as two people. */
const agreeOn = async (deps: ErasureDeps, head: User, officer: User): Promise<string> => {
  assert.equal(await askDestruction(deps, head, { reason: 'The yearly round', from }), 'done')
  const id = (await findOpenDestruction(deps.store.db))?.id ?? ''
  assert.equal(await answerDestruction(deps, officer, { id, answer: 'agree', from }), 'done')
  return id
}

/** What a data protection officer says of a feed. */
const said: Omit<FeedBasis, 'feed' | 'retentionDays' | 'madeBy'> = {
  ...{ basis: 'monitoring', notice: 'monitoring_notice', noticeOn: '2025-01-06', owner: 'The owner' },
  ...{ untilOn: '2026-06-01', throughBatch: null, withdrawn: false, reason: 'DPIA', madeAt: new Date(later) },
}

onEachStore((store, opened) => {
  let deps: ErasureDeps & { store: CaseworkStore }
  let head: User
  let officer: User

  before(async () => {
    const { dataDir } = opened().settings
    deps = {
      lake: await lakeIn(mkdtempSync(join(home, 'lake-'))),
      store: store(),
      clock: movableClock('2025-06-20T09:00:00Z'),
      dataDir,
      registerCopy: join(home, `${Math.random()}`, 'copy.jsonl'),
    }
    head = await addTestUser(store(), 'Head', ['head_of_unit'])
    officer = await addTestUser(store(), 'Officer', ['data_protection'])
    await prepare(deps)
    ;(deps.clock as ReturnType<typeof movableClock>).set(later)
  })
  after(() => deps.lake.close())

  const hold = (typed: Partial<TypedHold>) =>
    placeHold(
      deps,
      officer,
      { kind: 'staff', staff: 'S2', reason: 'An inquiry', review: '2027-12-01', ...typed },
      from,
    )

  test('RET-01: what is due is what is older than its feed’s time and is not about a live concern', async () => {
    const plan = await planDestruction(deps)
    assert.deepEqual(
      plan.feeds.map(({ feed, rows }) => [feed, rows]),
      [
        ['billing', 18],
        ['positions', 465],
      ],
      'by age alone: whoever asks is not told of whom a live concern is',
    )
    assert.equal((await concernsOf(deps, plan)).length, 1)
  })

  test('RET-01: the days that somebody confirmed rule, shorter or longer; those proposed where nobody did, or for invented records alone', async () => {
    const due = async () =>
      (await planDestruction(deps)).feeds.map(({ feed, before, days, confirmed }) => [
        feed,
        before,
        days,
        confirmed,
      ])
    const asProposed = [
      ['billing', '2025-07-15', 730, false],
      ['positions', '2025-07-15', 730, false],
    ]
    assert.deepEqual(await due(), asProposed)
    const confirm = (name: string, retentionDays: number, also: Partial<FeedBasis> = {}) =>
      insertFeedBases(store().db, [{ ...said, feed: name, retentionDays, madeBy: officer.id, ...also }])
    await confirm('billing', 10, { throughBatch: 5 })
    assert.deepEqual(await due(), asProposed)
    await Promise.all([confirm('billing', 800), confirm('positions', 300)])
    // Withdrawn: read no more, and kept for no longer than before.
    await confirm('positions', 300, { withdrawn: true })
    assert.deepEqual(await due(), [['positions', '2026-09-18', 300, true]])
    await confirm('billing', 740)
    assert.deepEqual((await due())[0], ['billing', '2025-07-05', 740, true])
    await runSql(store(), 'delete from feed_bases')
  })

  test('RET-01: a hold on a member of staff, or on everything, keeps what would be due', async () => {
    assert.deepEqual(Object.keys((await hold({ staff: 'S9', reason: '', review: '2027-02-30' })) as object), [
      'staff',
      'reason',
      'review',
    ])
    assert.equal(await hold({}), 'placed')
    const kept = await planDestruction(deps)
    assert.deepEqual(
      kept.feeds.map(({ feed, rows }) => [feed, rows]),
      [
        ['billing', 6],
        ['positions', 465],
      ],
    )
    assert.deepEqual(await concernsOf(deps, kept), [])
    const [own] = await listHolds(store().db, officer.id)
    await runSql(
      store(),
      `insert into exclusions (user_id, staff_id, kind, source, since) values ('${head.id}', 'S2', 'line', 'test', now())`,
    )
    assert.deepEqual(await listHolds(store().db, head.id), [], 'whoever is kept from them is not told')
    assert.equal(await endHold(deps, head, { id: own?.id ?? '', from }), 'ended')
    assert.equal(await hold({ kind: 'everything' }), 'placed')
    assert.match(
      JSON.stringify(await askDestruction(deps, head, { reason: 'Round', from })),
      /Everything is on hold/,
    )
    const [whole] = await listHolds(store().db, head.id)
    assert.equal(await endHold(deps, officer, { id: whole?.id ?? '', from }), 'ended')
    assert.equal(await endHold(deps, officer, { id: whole?.id ?? '', from }), 'missing')
  })

  test('RET-02: one person alone destroys nothing, and neither does a role that may not', async () => {
    const analyst = await addTestUser(store(), 'Analyst', ['analyst'])
    await assert.rejects(askDestruction(deps, analyst, { reason: 'Mine', from }), { code: 'REFUSED' })
    assert.equal(await askDestruction(deps, head, { reason: 'Mine', from }), 'done')
    const [asked] = await listDestructions(store().db)
    const id = asked?.id ?? ''
    assert.equal(await answerDestruction(deps, head, { id, answer: 'agree', from }), 'missing')
    await assert.rejects(answerDestruction(deps, analyst, { id, answer: 'agree', from }), { code: 'REFUSED' })
    await assert.rejects(
      runSql(store(), `update destructions set agreed_by = asked_by, agreed_at = now() where id = '${id}'`),
      /destructions_two_persons/,
    )
    assert.match(JSON.stringify(await askDestruction(deps, officer, { reason: 'x', from })), /asked already/)
    assert.equal(await carryOutAgreed(deps), undefined)
    assert.deepEqual(await billedBy(deps.lake), ['1', '2'])
    assert.equal(await answerDestruction(deps, officer, { id, answer: 'withdraw', from }), 'done')
    assert.equal(await answerDestruction(deps, officer, { id, answer: 'agree', from }), 'missing')
  })

  test('RET-02: what two agreed on waits for the night, and stays while everything is on hold', async () => {
    await agreeOn(deps, head, officer)
    assert.deepEqual(await billedBy(deps.lake), ['1', '2'], 'until then it can be taken back')
    assert.equal(await hold({ kind: 'everything' }), 'placed')
    assert.equal(await carryOutAgreed(deps), undefined)
    assert.deepEqual(readRegister([registerOf(deps.dataDir)]), [])
    const [whole] = await listHolds(store().db, officer.id)
    await endHold(deps, officer, { id: whole?.id ?? '', from })
  })

  test('RET-02: then it is gone from both stores, with all that was made from it, and the log says so', async () => {
    assert.ok(await carryOutAgreed(deps))
    assert.deepEqual(await billedBy(deps.lake), ['1'], 'the bills of a live concern stay')
    assert.deepEqual(
      await staffOfConcerns(store()),
      (await staffOfConcerns(store())).filter(id => id !== 'S2'),
    )
    assert.ok((await staffOfConcerns(store())).includes('S1'))
    const [left] = await deps.lake.rows<{ n: number }>(`select count() as n from upstander.contacts`)
    assert.equal(left?.n, 0)
    assert.equal((await lastRun(deps.lake))?.ended, false, 'the next detection makes everything anew')
    const said = await store()
      .db.selectFrom('audit_entries')
      .select('what')
      .where('what', 'in', ['destruction-asked', 'destruction-agreed', 'records-destroyed'])
      .execute()
    assert.ok(said.length >= 4)
    assert.ok((await listDestructions(store().db)).some(each => each.doneAt !== undefined))
    assert.equal(await carryOutAgreed(deps), undefined)
    assert.equal(await carryOutRegister(deps), 0, 'once is enough')
  })

  test('RET-03: the register names nobody, and stands in its copy too', () => {
    const text = readFileSync(registerOf(deps.dataDir), 'utf8')
    assert.equal(readFileSync(deps.registerCopy ?? '', 'utf8'), text)
    assert.doesNotMatch(text, /\b[SP][123]\b|4477009/)
  })
})

test('RET-03: a backup from before cannot show what was destroyed since, nor can a destruction that was killed leave half', async () => {
  const dataDir = mkdtempSync(join(home, 'force-'))
  const clock = movableClock('2025-06-20T09:00:00Z')
  const open = async (dir: string) => {
    const lake = await lakeIn(dir)
    const store = await openCaseworkStore({ dataDir: dir, databaseUrl: undefined })
    const deps = { lake, store, clock, dataDir: dir, registerCopy: join(home, 'elsewhere.jsonl') }
    return { ...deps, close: () => store.close().then(() => lake.close()) }
  }
  const force = await open(dataDir)
  const head = await addTestUser(force.store, 'Head', ['head_of_unit'])
  const officer = await addTestUser(force.store, 'Officer', ['data_protection'])
  await prepare(force)
  clock.set(later)
  await force.close()
  const file = join(home, 'before.backup')
  const id = newBackupId()
  await makeBackup(
    { clock },
    { id, file, dataDir, databaseUrl: undefined, lakeOnServer: false, recipients: [] },
  )

  const again = await open(dataDir)
  await agreeOn(again, head, officer)
  await carryOutAgreed(again)
  assert.deepEqual(await billedBy(again.lake), ['1'])
  await again.close()

  const target = mkdtempSync(join(home, 'restored-'))
  const restored = await restoreBackup(
    { clock },
    {
      file,
      dataDir: target,
      databaseUrl: undefined,
      identity: undefined,
      replace: false,
      bringUp: () => Promise.resolve(),
    },
  )
  const back = await open(target)
  await noteRestored(back, restored)
  assert.deepEqual(await billedBy(back.lake), ['1', '2'], 'it is in the backup')
  // A process killed after the register was written, and before anything was destroyed, leaves just this.
  assert.equal(await carryOutRegister(back), 1)
  assert.deepEqual(await billedBy(back.lake), ['1'])
  assert.ok(!(await staffOfConcerns(back.store)).includes('S2'))
  const [left] = await back.lake.rows<{ n: number }>('select count() as n from upstander.contacts')
  assert.equal(left?.n, 0)
  assert.equal(await carryOutRegister(back), 0)
  rmSync(join(target, 'keys', 'erasure.key'))
  await back.lake.run('truncate table upstander.erasures')
  await assert.rejects(carryOutRegister(back), /another key/)
  assert.deepEqual(await billedBy(back.lake), ['1'], 'rather nothing than too much')
  await back.close()
})
