import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { fixedClock } from '../core/clock.ts'
import { checkFiles } from '../log-check/check-files.ts'
import { checkRows } from '../log-check/check-rows.ts'
import type { AuditInput } from './audit-entry.ts'
import { appendEvent, settleLog, withAudit, type AuditDeps } from './audit-log.ts'
import { readRows } from './audit-store.ts'
import { everyRow } from './every-row.ts'
import { logFolder } from './open-log.ts'

const reading: Omit<AuditInput, 'outcome'> = {
  who: 'u1',
  what: 'concern-read',
  subject: 'K7Q2-9MXD',
  why: 'Read a concern',
  from: '10.0.0.7',
}

onEachStore((store, opened) => {
  let deps: AuditDeps

  before(() => {
    deps = { store: store(), clock: fixedClock('2026-05-20T09:00:00.123Z') }
  })

  const files = () => checkFiles(logFolder(opened().settings.dataDir))
  const rows = () => checkRows(files().hashes, everyRow(store().db))
  const entries = () => store().db.selectFrom('audit_entries').selectAll().orderBy('seq').execute()
  /** Changes the log as only somebody with the keys of the store could, and puts it back. */
  const tampered = async (change: string, check: () => Promise<void>) => {
    const kept = await entries()
    const run = (text: string) => runSql(store(), text)
    await run('alter table audit_entries disable trigger all')
    await run(change)
    await check()
    await run('delete from audit_entries')
    await store().db.insertInto('audit_entries').values(kept).execute()
    await run('alter table audit_entries enable trigger all')
  }

  test('entries are numbered without a gap and are in the files when they are acknowledged, also when written at once', async () => {
    const written = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const entry = await appendEvent(deps, { ...reading, why: `visit ${at}`, outcome: 'allowed' })
        assert.ok(files().size >= entry.seq)
        return entry.seq
      }),
    )
    assert.deepEqual(
      written.toSorted((a, b) => a - b),
      Array.from({ length: 12 }, (_, at) => at + 1),
    )
    assert.deepEqual((await rows()).faults, [])
  })

  test('an entry can be neither changed nor removed, nor the log emptied', async () => {
    for (const change of [
      "update audit_entries set who = 'nobody' where seq = 3",
      'delete from audit_entries where seq = 3',
      'truncate audit_entries cascade',
    ])
      await assert.rejects(runSql(store(), change), /can only be added to/)
  })

  for (const [column, value] of [
    ['who', "'nobody'"],
    ['what', "'help-read'"],
    ['subject', "'XXXX-XXXX'"],
    ['why', "''"],
    ['came_from', "'10.0.0.8'"],
    ['outcome', "'refused'"],
    ['at', "at + interval '1 millisecond'"],
    ['leaf', "replace(leaf, 'allowed', 'refused')"],
    ['salt', "''"],
  ])
    test(`LOG-01: a changed ${column} is found, and the entry named, by somebody who could switch the trigger off`, async () => {
      await tampered(`update audit_entries set ${column} = ${value} where seq = 5`, async () => {
        assert.equal((await rows()).faults[0]?.entry, 5)
      })
      assert.deepEqual((await rows()).faults, [])
    })

  test('LOG-01: entries removed, exchanged or added in the store are named', async () => {
    await tampered('delete from audit_entries where seq = 4', async () => {
      assert.deepEqual((await rows()).faults, [
        { entry: 4, says: 'Entry 4 was removed from the casework store.' },
      ])
    })
    await tampered('delete from audit_entries where seq > 10', async () => {
      assert.deepEqual((await rows()).faults, [
        { entry: 11, says: 'Entries 11 to 12 were removed from the end of the casework store.' },
      ])
    })
    await tampered(
      'update audit_entries set seq = case seq when 6 then -7 else -6 end where seq in (6, 7)',
      async () => {
        await runSql(store(), 'update audit_entries set seq = -seq where seq < 0')
        assert.deepEqual(
          (await rows()).faults.map(({ entry }) => entry),
          [6, 7],
        )
      },
    )
  })

  test('LOG-01: an entry that somebody with the store’s password adds is never sealed, and nothing is shown from then on', async () => {
    const forged = `insert into audit_entries select seq + 1, at, what, outcome, 'victim', subject, why, came_from, salt,
      replace(leaf, '"seq":12', '"seq":13'), mac from audit_entries where seq = 12`
    await tampered(forged, async () => {
      await assert.rejects(
        appendEvent(deps, { ...reading, outcome: 'allowed' }),
        /Entry 13 of the log was changed in, or added to/,
      )
      assert.equal(files().size, 12)
      assert.equal((await rows()).unsealed, 2)
    })
    await appendEvent(deps, { ...reading, outcome: 'allowed' })
    assert.deepEqual((await rows()).faults, [])
  })

  test('nothing is read before the log has the entry, and nothing at all when it cannot be written', async () => {
    const already = files().size
    await withAudit(deps, reading, () => {
      assert.equal(files().size, already + 1)
      return Promise.resolve()
    })
    let released = false
    const broken = { ...reading, who: undefined as unknown as string }
    await assert.rejects(
      withAudit(deps, broken, () => {
        released = true
        return Promise.resolve()
      }),
    )
    assert.equal(released, false)
  })

  test('a reading that fails is in the log as failed', async () => {
    await assert.rejects(
      withAudit(deps, reading, () => Promise.reject(new Error('the lake is away'))),
      /lake is away/,
    )
    assert.deepEqual(
      (await entries()).slice(-2).map(row => row.outcome),
      ['allowed', 'failed'],
    )
  })

  test('an entry stands or falls with the change it belongs to, and is in the files before the answer', async () => {
    const already = files().size
    const change = (fails: boolean) =>
      store()
        .db.transaction()
        .execute(async trx => {
          await appendEvent({ ...deps, store: { db: trx } }, { ...reading, outcome: 'done' })
          if (fails) throw new Error('changed my mind')
        })
    await assert.rejects(change(true), /changed my mind/)
    await settleLog(deps)
    assert.equal(files().size, already)
    await change(false)
    await settleLog(deps)
    assert.equal(files().size, already + 1)
    assert.deepEqual((await rows()).faults, [])
  })

  test('LOG-08: whatever is typed becomes one well-formed entry', async () => {
    const nasty = [
      'two\nlines',
      '\u001b[31mred',
      'nul\0byte',
      '\ud800 half a letter',
      '\u202eturned round',
      'x'.repeat(70_000),
      '{"seq":1}',
      'Zoë – 张 🚓',
    ]
    for (const text of nasty)
      await appendEvent(deps, { ...reading, subject: text, why: text, from: text, outcome: 'allowed' })
    const written = (await readRows(store().db, files().size - nasty.length, 100)).map(row => row.why)
    assert.deepEqual(written.slice(0, 4), [
      'two\nlines',
      '\uFFFD[31mred',
      'nul\uFFFDbyte',
      '\uFFFD half a letter',
    ])
    assert.equal(written[5]?.length, 4_000)
    assert.deepEqual((await rows()).faults, [])
    assert.deepEqual(files().faults, [])
  })
})
