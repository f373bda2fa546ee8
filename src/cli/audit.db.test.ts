import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { acceptGapInStore } from '../audit/accept-gap.ts'
import { anonymiseEntries } from '../audit/anonymise-entries.ts'
import type { AuditInput } from '../audit/audit-entry.ts'
import { appendEvent, withAudit } from '../audit/audit-log.ts'
import { changeLogKey } from '../audit/change-log-key.ts'
import { discloseEntry } from '../audit/disclose-entry.ts'
import { logFolder } from '../audit/open-log.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { recordDisposition } from '../concerns/record-disposition.ts'
import { addTestUser, movableClock, onlyConcern, raise } from '../concerns/test-concerns.ts'
import { standingOf } from '../concerns/test-standing.ts'
import { undoDisposition } from '../concerns/undo-disposition.ts'
import { requestUnmask } from '../concerns/unmask.ts'
import { readVerifier } from '../log-check/note.ts'
import { checkProof, writeProof } from '../log-check/proof.ts'
import { checkWhole } from './audit-verify.ts'

const survivor: Omit<AuditInput, 'outcome'> = {
  who: 'u-survivor',
  what: 'concern-read',
  subject: 'K7Q2-9MXD',
  why: 'About Jane Roe, 1 High Street',
  from: '10.0.0.7',
}

onEachStore((store, opened) => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  const deps = () => ({ store: store(), clock, maskKey: Buffer.alloc(32, 7) })
  const folder = () => logFolder(opened().settings.dataDir)
  const check = () => checkWhole(store(), opened().settings.dataDir)
  /** What a check says, with ids left out. */
  const faults = async () => {
    const { files, rows, tables } = await check()
    return [...files.faults, ...rows.faults, ...tables].map(({ says }) =>
      says.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'),
    )
  }
  const add = (input: Partial<AuditInput> = {}) =>
    appendEvent(deps(), { ...survivor, outcome: 'allowed', ...input })
  let ref = ''

  before(async () => {
    const by = { who: 'set-up', what: 'account-made', why: '', outcome: 'done' } as const
    const analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    await add({ ...by, subject: analyst.id })
    await raise(deps(), [standingOf({ band: 'review', evidence: ['a:1'] })])
    ref = (await onlyConcern(deps(), analyst)).ref
    const decide = () =>
      recordDisposition(deps(), analyst, ref, { kind: 'develop', reason: 'Asked the supervisor.' })
    await decide()
    await undoDisposition(deps(), analyst, ref, '')
    await decide()
    await requestUnmask(deps(), analyst, ref, { reason: 'To speak to her' })
    await add()
  })

  test('what people did through the product agrees with the log, both ways', async () => {
    assert.deepEqual(await faults(), [])
  })

  test('LOG-01: a disposition, an unmasking or a session that was put into or taken out of the tables is named', async () => {
    const undo = async (make: string, take: string, says: RegExp) => {
      await runSql(store(), make)
      assert.match((await faults()).join('\n'), says)
      await runSql(store(), take)
      assert.deepEqual(await faults(), [])
    }
    await undo(
      `insert into dispositions (ref, kind, reason, by_user, at, band, points, before)
         select ref, kind, 'forged', by_user, at, band, points, before from dispositions limit 1`,
      `delete from dispositions where reason = 'forged'`,
      /“concern-decided” by ID about .* is in the casework store, and no entry of the log is about it/,
    )
    await undo(
      `insert into unmasks (id, ref, asked_by, asked_at, reason) select 'forged', ref, asked_by, asked_at, reason from unmasks`,
      `delete from unmasks where id = 'forged'`,
      /“unmask-asked” by ID about/,
    )
    await undo(
      `insert into sessions (id, user_id, token, expires_at, created_at, updated_at) select 'forged', id, 'forged', now(), now(), now() from users`,
      `delete from sessions where id = 'forged'`,
      /“signed-in” by ID is in the casework store, and no entry/,
    )
    await undo(
      `insert into users (id, name, email, created_at, updated_at) values ('forged', 'A', 'a@b.uk', now(), now())`,
      `delete from users where id = 'forged'`,
      /“account-made” about forged/,
    )
    await runSql(store(), `create table kept as select * from unmasks`)
    await runSql(store(), `delete from unmasks`)
    assert.match(
      (await faults()).join(),
      /Entry \d+, “unmask-asked” by ID about .*, is about something that the casework store no longer has/,
    )
    await runSql(store(), `insert into unmasks select * from kept`)
    await runSql(store(), `drop table kept`)
    assert.deepEqual(await faults(), [])
  })

  test('LOG-13: an entry that was made anonymous names nobody any more, and the log is whole', async () => {
    const { seq } = await add()
    const count = await anonymiseEntries(
      deps(),
      { who: 'dpo', from: '' },
      { from: seq, to: seq },
      'Erasure granted',
    )
    assert.equal(count, 1)
    const row = await store()
      .db.selectFrom('audit_entries')
      .selectAll()
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow()
    assert.deepEqual([row.who, row.subject, row.why, row.came_from, row.salt], ['', '', '', '', ''])
    assert.doesNotMatch(row.leaf, /Jane|survivor|K7Q2|10\.0/)
    const { rows } = await check()
    assert.deepEqual([rows.faults, rows.anonymised], [[], [seq]])
  })

  test('an entry can be shown outside: the proof holds, and not with one letter changed', async () => {
    const { seq } = await add()
    const found = await discloseEntry(store(), seq)
    assert.ok(found !== undefined)
    const proof = writeProof(found.disclosed, seq - 1, found.path, found.checkpoint)
    const key = readVerifier(readFileSync(join(folder(), 'key.txt'), 'utf8'))
    assert.ok(key !== undefined)
    const shown = checkProof(proof, key)
    assert.ok(shown.outcome === 'proved')
    assert.deepEqual([shown.entry, shown.disclosed.why], [seq, survivor.why])
    const lied = writeProof(
      { ...found.disclosed, who: 'somebody else' },
      seq - 1,
      found.path,
      found.checkpoint,
    )
    assert.deepEqual(checkProof(lied, key), {
      outcome: 'not-proved',
      says: 'What the proof discloses was changed: its who.',
    })
    const moved = writeProof(found.disclosed, seq - 2, found.path, found.checkpoint)
    assert.deepEqual(checkProof(moved, key), {
      outcome: 'not-proved',
      says: 'The entry is not in the log at this place.',
    })
  })

  test('LOG-05: a full disk stops every reading and change, and nothing is lost when there is room again', async () => {
    const fill = () => {
      symlinkSync('/dev/full', join(folder(), 'checkpoint.new'))
    }
    const before = (await check()).files.size
    let released = false
    const read = () =>
      withAudit(deps(), survivor, () => {
        released = true
        return Promise.resolve()
      })
    fill()
    await assert.rejects(read, /cannot be written: ENOSPC/)
    fill()
    await assert.rejects(read, /cannot be written: ENOSPC/)
    const change = store()
      .db.transaction()
      .execute(trx => appendEvent({ store: { db: trx }, clock }, { ...survivor, outcome: 'done' }))
    await assert.rejects(change, /could not be written a moment ago/)
    assert.equal(released, false)
    await read()
    assert.equal(released, true)
    assert.deepEqual(await faults(), [])
    // The first refused reading is in it as well: it was in the store before the disk refused.
    assert.equal((await check()).files.size, before + 2)
  })

  test('LOG-06: a clock that is moved back does not change the order, and the check says where it was', async () => {
    clock.set('2026-05-19T09:00:00Z')
    const { seq } = await add()
    clock.set('2027-05-20T09:00:00Z')
    await add()
    clock.set('2026-05-20T09:00:00Z')
    await add()
    const { rows } = await check()
    assert.deepEqual([rows.faults, rows.clockMoved], [[], [seq, seq + 2]])
  })

  test('LOG-06: a second process with a copy of the data folder, or another log, cannot add to it', async () => {
    const { settings } = opened()
    // An embedded store is inside the data folder, which one process takes: see src/core/data-folder.test.ts.
    if (settings.databaseUrl === undefined) {
      assert.equal(store().mode, 'embedded')
      return
    }
    for (const [keys, says] of [
      ['its keys', /Another process adds to the log/],
      ['other keys', /belongs to the log/],
    ] as const) {
      const dataDir = mkdtempSync(join(tmpdir(), 'upstander-second-'))
      if (keys === 'its keys')
        for (const part of ['log', 'keys'])
          cpSync(join(settings.dataDir, part), join(dataDir, part), { recursive: true })
      const second = await openCaseworkStore({ dataDir, databaseUrl: settings.databaseUrl })
      await assert.rejects(appendEvent({ store: second, clock }, { ...survivor, outcome: 'allowed' }), says)
      await second.close()
      rmSync(dataDir, { recursive: true })
    }
    await add()
    assert.deepEqual(await faults(), [])
  })

  test('LOG-07: a casework store put back from an older copy is noticed, and the gap stays on record once it is accepted', async () => {
    const { seq } = await add()
    await add()
    await runSql(store(), 'alter table audit_entries disable trigger all')
    await runSql(store(), `delete from audit_entries where seq >= ${seq}`)
    await runSql(store(), 'alter table audit_entries enable trigger all')
    await assert.rejects(add(), /was put back from an older copy/)
    assert.match((await faults()).join(), /removed from the end of the casework store/)
    const lost = await acceptGapInStore(
      deps(),
      { who: 'machine:root', from: '' },
      'Restored after a disk failed',
    )
    assert.equal(lost, 2)
    await add()
    const { rows } = await check()
    assert.deepEqual([rows.faults, rows.anonymised.slice(-2)], [[], [seq, seq + 1]])
    await assert.rejects(acceptGapInStore(deps(), { who: 'u', from: '' }, ''), /There is no gap/)
  })

  test('a log goes on under a new key, and what was signed with the old one still counts', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'upstander-rekeyed-'))
    const first = await openCaseworkStore({ dataDir, databaseUrl: undefined })
    const input = { ...survivor, outcome: 'allowed' } as const
    await appendEvent({ store: first, clock }, input)
    const name = await changeLogKey(
      { store: first, clock },
      { who: 'machine:root', from: '' },
      'Every two years',
    )
    await first.close()
    const again = await openCaseworkStore({ dataDir, databaseUrl: undefined })
    const { seq } = await appendEvent({ store: again, clock }, input)
    const { files, rows } = await checkWhole(again, dataDir)
    await again.close()
    rmSync(dataDir, { recursive: true })
    assert.deepEqual([seq, files.origin, files.faults, rows.faults], [3, name, [], []])
    assert.equal(files.checkpoints, 2)
  })
})
