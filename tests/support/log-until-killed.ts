// A process that adds to the log until it is killed, and says of each entry when it was acknowledged: `ack 17`.
import { appendEvent, settleLog } from '../../src/audit/audit-log.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { systemClock } from '../../src/core/clock.ts'

const [dataDir = '', databaseUrl] = process.argv.slice(2)
const store = await openCaseworkStore({ dataDir, databaseUrl: databaseUrl === '' ? undefined : databaseUrl })
const deps = { store, clock: systemClock }
const entry = {
  who: 'u1',
  what: 'concern-read',
  subject: 'K7Q2-9MXD',
  why: 'Read',
  from: '',
  outcome: 'allowed',
} as const
const told = (seq: number): void => {
  process.stdout.write(`ack ${seq}\n`)
}

/** A reading: told once it is in the log. */
const read = async (): Promise<void> => {
  told((await appendEvent(deps, entry)).seq)
}

/** A change with its entry, in one transaction: told once both are kept and the entry is sealed. */
const change = async (): Promise<void> => {
  const { seq } = await store.db.transaction().execute(async trx => {
    const written = await appendEvent(
      { ...deps, store: { db: trx } },
      { ...entry, what: 'concern-decided', outcome: 'done' },
    )
    const counts = { opened: 0, joined: 0, reopened: 0, unchanged: 0 }
    await trx
      .insertInto('raise_runs')
      .values({ at: systemClock.now(), on_day: null, staff_count: written.seq, ...counts })
      .execute()
    return written
  })
  await settleLog(deps)
  told(seq)
}

for (;;) await Promise.all([read(), read(), change(), read()])
