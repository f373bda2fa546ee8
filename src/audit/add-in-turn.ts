import type { AuditEntry } from './audit-entry.ts'
import type { OpenLog } from './log-state.ts'
import { sealEntries } from './seal-entries.ts'
import { writeEntries } from './write-entries.ts'

export type Unnumbered = Omit<AuditEntry, 'seq'>

type Waiting = {
  readonly entry: Unnumbered
  readonly settle: (written: AuditEntry) => void
  readonly refuse: (cause: unknown) => void
}

/** Most entries that share one transaction and one write to the disk. */
const batchSize = 512

const queues = new WeakMap<OpenLog, Waiting[]>()

/** Adds an entry outside any transaction. Those that come while the disk is busy are written together, in the order they came. */
export const addInTurn = (open: OpenLog, entry: Unnumbered): Promise<AuditEntry> =>
  new Promise((settle, refuse) => {
    const waiting = { entry, settle, refuse }
    const queue = queues.get(open)
    if (queue !== undefined) {
      queue.push(waiting)
      return
    }
    queues.set(open, [waiting])
    void writeQueue(open)
  })

/** Writes until nobody waits any more. Never rejects: each of those who wait is told. */
const writeQueue = async (open: OpenLog): Promise<void> => {
  const queue = queues.get(open) ?? []
  for (;;) {
    // What comes at the same moment shall share the write.
    await new Promise(setImmediate)
    const batch = queue.splice(0, batchSize)
    if (batch.length === 0) break
    await write(open, batch)
  }
  queues.delete(open)
}

const write = async (open: OpenLog, batch: readonly Waiting[]): Promise<void> => {
  try {
    if (open.failed) await sealEntries(open)
    const inputs = batch.map(({ entry }) => entry)
    const written = await open.store.db.transaction().execute(trx => writeEntries(trx, open, inputs))
    await sealEntries(open, written)
    for (const [at, { settle, refuse }] of batch.entries()) {
      const entry = written[at]
      if (entry === undefined) refuse(new Error('no entry was written'))
      else settle(entry)
    }
  } catch (cause) {
    for (const { refuse } of batch) refuse(cause)
  }
}
