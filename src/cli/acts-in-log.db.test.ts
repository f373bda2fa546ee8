import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { actOnEverything } from '../../tests/support/act-on-everything.ts'
import { openCastApp, type CastApp } from '../../tests/support/cast-app.ts'
import { writeOnePair } from '../../tests/support/one-pair.ts'
import { actSources } from '../audit/act-sources.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { onEachStore, readSql, runSql } from '../casework-store/test-stores.ts'
import { fixedClock } from '../core/clock.ts'
import { openTestLake } from '../detection/built-world.ts'
import { carryOutAgreed } from '../jobs/carry-out-destruction.ts'
import type { Lake } from '../lake/lake.ts'
import { registerOf } from '../retention/erasure-register.ts'
import { checkWhole } from './audit-verify.ts'

/** Columns that say who did something, and that the log is not held against. */
const notCompared: Readonly<Record<string, string>> = {
  'concern_history.by_user': 'repeats, for its readers, what the other tables say',
}

let lake: Lake

before(async () => {
  lake = await openTestLake()
  await writeOnePair(lake)
})
after(() => lake.close())

onEachStore((store, opened) => {
  const faults = async (db: CaseworkDb = store().db): Promise<string[]> => {
    const { tables } = await checkWhole({ db }, opened().settings.dataDir)
    return tables.map(({ says }) => says)
  }
  /** What the check says of the rows that the test made without the product. */
  let made: readonly string[]
  let room: CastApp

  before(async () => {
    room = await openCastApp(opened(), lake)
    made = await faults()
    await actOnEverything(room)
  })

  /** Every column of the store that says who did something. */
  const columns = () =>
    readSql<{ readonly table: string; readonly column: string }>(
      store().db,
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' and data_type = 'text' and (column_name = 'by_user' or column_name like '%\\_by') order by 1, 2`,
    )

  test('whatever people do through the product agrees with the log', async () => {
    const before = new Set(made)
    assert.deepEqual(
      (await faults()).filter(each => !before.has(each)),
      [],
    )
  })

  test('LOG-01: every table that keeps who did something is held against the log', async () => {
    const compared = new Set(actSources.map(({ table, by }) => `${table}.${by ?? ''}`))
    const others = (await columns()).map(({ table, column }) => `${table}.${column}`)
    // This one is compared by what it comes to, since whoever sits at the machine has no account.
    compared.add('feed_bases.made_by')
    assert.deepEqual(
      others.filter(each => !compared.has(each) && !Object.hasOwn(notCompared, each)),
      [],
    )
    assert.ok(others.length > 25)
  })

  test('LOG-01: whoever puts another name to anything that was done is found', async () => {
    for (const { table, column } of await columns()) {
      if (Object.hasOwn(notCompared, `${table}.${column}`)) continue
      let says = ''
      let rows = 0
      const undo = new Error('undone')
      await store()
        .db.transaction()
        .execute(async trx => {
          await runSql({ db: trx }, 'set local session_replication_role = replica')
          const renamed = await readSql<{ readonly one: number }>(
            trx,
            `update ${table} set ${column} = 'somebody-else ' || ctid::text where ${column} is not null returning 1 as one`,
          )
          rows = renamed.length
          says = (await faults(trx)).join('\n')
          throw undo
        })
        .catch((cause: unknown) => {
          assert.equal(cause, undo)
        })
      assert.ok(rows > 0, `nothing in this test fills ${table}.${column}`)
      assert.match(says, table === 'feed_bases' ? /by set-up/ : /by somebody-else/, `${table}.${column}`)
    }
  })

  test('what two people had destroyed is no fault, and anything else that is gone is one', async () => {
    const { dataDir } = opened().settings
    const gone = /about something that the casework store no longer has/
    const lost = async () => (await faults()).filter(each => gone.test(each))
    assert.deepEqual(await lost(), [])
    await runSql(
      store(),
      `update concerns set status = 'closed', closed_at = '2010-01-01', waiting_since = null, watch_until = null
       where ref = '${room.refs.other}'`,
    )
    const clock = fixedClock('2026-05-20T12:00:00Z')
    const destroyed = await carryOutAgreed({ lake, store: store(), clock, dataDir, registerCopy: undefined })
    assert.ok(destroyed !== undefined)
    assert.deepEqual(await lost(), [])
    const register = registerOf(dataDir)
    renameSync(register, `${register}.away`)
    assert.match((await lost()).join(), /concern-decided.*unmask-asked/s)
    renameSync(`${register}.away`, register)
    await runSql(store(), 'delete from holds')
    assert.match((await lost()).join(), /hold-placed/)
  })
})
