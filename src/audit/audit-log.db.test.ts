import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { fixedClock } from '../core/clock.ts'
import type { AuditInput } from './audit-entry.ts'
import { appendEvent, withAudit, type AuditDeps } from './audit-log.ts'
import { verifyAudit } from './verify-audit.ts'

const reading: Omit<AuditInput, 'outcome'> = {
  who: 'u1',
  what: 'concern-read',
  subject: 'K7Q2-9MXD',
  why: 'Read a concern',
  from: '10.0.0.7',
}

onEachStore(store => {
  let deps: AuditDeps

  before(() => {
    deps = { store: store(), clock: fixedClock('2026-05-20T09:00:00.123Z') }
  })

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

  test('entries are numbered without a gap and each holds the hash of the one before, also when written at once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        appendEvent(deps, { ...reading, why: `visit ${at}`, outcome: 'allowed' }),
      ),
    )
    const rows = await entries()
    assert.deepEqual(
      rows.map(row => row.seq),
      Array.from({ length: rows.length }, (_, at) => at + 1),
    )
    for (const [at, row] of rows.entries()) if (at > 0) assert.equal(row.previous_hash, rows[at - 1]?.hash)
    assert.equal((await verifyAudit(deps)).outcome, 'whole')
  })

  test('an entry can be neither changed nor removed, nor the log emptied', async () => {
    for (const change of [
      "update audit_entries set who = 'nobody' where seq = 3",
      'delete from audit_entries where seq = 3',
      'truncate audit_entries',
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
  ])
    test(`a changed ${column} is found, and the entry named, by somebody who could switch the trigger off`, async () => {
      await tampered(`update audit_entries set ${column} = ${value} where seq = 5`, async () => {
        const check = await verifyAudit(deps)
        assert.deepEqual(check, {
          outcome: 'altered',
          seq: 5,
          says: 'Entry 5 was changed after it was written.',
        })
      })
      assert.equal((await verifyAudit(deps)).outcome, 'whole')
    })

  test('a removed entry is found', async () => {
    await tampered('delete from audit_entries where seq = 4', async () => {
      assert.deepEqual(await verifyAudit(deps), { outcome: 'altered', seq: 4, says: 'Entry 4 is missing.' })
    })
  })

  test('entries removed from the end are found against an earlier check kept elsewhere', async () => {
    const check = await verifyAudit(deps)
    assert.equal(check.outcome, 'whole')
    const { entries: number, head } = check
    await tampered(`delete from audit_entries where seq > ${number - 2}`, async () => {
      assert.equal((await verifyAudit(deps)).outcome, 'whole')
      const against = await verifyAudit(deps, { entries: number, head })
      assert.deepEqual(against.outcome === 'altered' && against.seq, number - 1)
    })
  })

  test('nothing is read before the log has the entry, and nothing at all when it cannot be written', async () => {
    const already = (await entries()).length
    await withAudit(deps, reading, async () => {
      assert.equal((await entries()).length, already + 1)
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

  test('an entry stands or falls with the change it belongs to', async () => {
    const already = (await entries()).length
    await assert.rejects(
      store()
        .db.transaction()
        .execute(async trx => {
          await appendEvent({ ...deps, store: { db: trx } }, { ...reading, outcome: 'done' })
          throw new Error('changed my mind')
        }),
      /changed my mind/,
    )
    assert.equal((await entries()).length, already)
    assert.equal((await verifyAudit(deps)).outcome, 'whole')
  })
})
