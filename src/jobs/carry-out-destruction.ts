import { readKey } from '../core/keys.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { beginRun } from '../detection/runs.ts'
import { keptTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { planWords } from '../retention/ask-destruction.ts'
import { destroyConcerns, erasedFromCasework } from '../retention/destroy-concerns-store.ts'
import { destroyRecords, erasedFromLake } from '../retention/destroy-records.ts'
import { findOpenDestruction, markDestroyed, type Destruction } from '../retention/destruction-store.ts'
import { tagOf, tagOfKey, type ErasureOrder } from '../retention/erasure-order.ts'
import { addToRegister, readRegister, registerOf } from '../retention/erasure-register.ts'
import { readHeld } from '../retention/hold-store.ts'
import { concernsOf, readKept } from '../retention/plan-destruction.ts'

/** Both stores, and the data folder whose register says what was destroyed. */
export type ErasureDeps = {
  readonly lake: Lake
  readonly store: Pick<CaseworkStore, 'db'>
  readonly clock: Clock
  readonly dataDir: string
  /** A copy of the register outside the data folder; undefined when there is none. */
  readonly registerCopy: string | undefined
}

const copiesOf = ({ dataDir, registerCopy }: ErasureDeps): string[] => [
  registerOf(dataDir),
  ...(registerCopy === undefined ? [] : [registerCopy]),
]

/**
 * Destroys again, in stores that are older than the register, whatever the register says was destroyed; and ends a destruction that
 * was killed. Before anybody is shown anything.
 * @returns how many orders were carried out on a store that did not know them
 * @throws AppError ERASURE_FAILED
 */
export const carryOutRegister = async (deps: ErasureDeps): Promise<number> => {
  const { lake, store, clock, dataDir } = deps
  // Made at the first opening of a folder, so that every backup of it has the key.
  const key = readKey(dataDir, 'erasure')
  const orders = readRegister(copiesOf(deps))
  if (orders.length === 0) return 0
  addToRegister(copiesOf(deps), orders)
  const inLake = await erasedFromLake(lake)
  const inCasework = await erasedFromCasework(store.db)
  const late = orders.filter(({ id }) => !inLake.has(id) || !inCasework.has(id))
  if (late.some(order => order.key !== tagOfKey(key)))
    throw new AppError(
      'ERASURE_FAILED',
      `The register of erasures was written with another key than keys/erasure.key of ${dataDir}, so whose records stayed cannot be told. Put that key back from a backup of the folder it was written in.`,
    )
  for (const order of late) {
    if (!inLake.has(order.id)) {
      await forgetFindings(lake, clock)
      await destroyRecords(lake, order, key)
    }
    if (!inCasework.has(order.id))
      await store.db.transaction().execute(async db => {
        await destroyConcerns(db, order, clock.now())
        await appendEvent(
          { store: { db }, clock },
          {
            who: 'set-up',
            what: 'records-destroyed',
            subject: order.id,
            why: `Destroyed as the register of ${order.at} says`,
            from: 'register',
            outcome: 'done',
          },
        )
      })
  }
  return late.length
}

/**
 * Carries out what two people agreed on: first into the register, then in both stores. Waits while everything is on hold. What has come
 * under a hold since it was asked for stays.
 * @returns what was destroyed; undefined when there was nothing to do
 */
export const carryOutAgreed = async (deps: ErasureDeps): Promise<Destruction | undefined> => {
  const { store, clock } = deps
  const agreed = await findOpenDestruction(store.db)
  if (agreed?.agreedAt === undefined || (await readHeld(store.db)).everything) return undefined
  const order = await orderOf(deps, agreed)
  addToRegister(copiesOf(deps), [order])
  await carryOutRegister(deps)
  await store.db.transaction().execute(async db => {
    await markDestroyed(db, agreed.id, clock.now())
    await appendEvent(
      { store: { db }, clock },
      {
        who: 'detection',
        what: 'records-destroyed',
        subject: agreed.id,
        why: `Destroyed at most ${planWords(agreed.plan)}`,
        from: 'schedule',
        outcome: 'done',
      },
    )
  })
  return agreed
}

const orderOf = async (deps: ErasureDeps, { id, plan }: Destruction): Promise<ErasureOrder> => {
  const kept = await readKept(deps)
  const key = readKey(deps.dataDir, 'erasure')
  return {
    id,
    at: deps.clock.now().toISOString(),
    feeds: plan.feeds.map(({ feed, before }) => ({ feed, before })),
    rejectsBefore: plan.rejectsBefore,
    concerns: await concernsOf(deps, plan),
    key: tagOfKey(key),
    heldStaff: kept.staff.map(each => tagOf(key, 'staff', each)),
    heldPeople: kept.people.map(each => tagOf(key, 'person', each)),
  }
}

/** Empties whatever was made from records, and has the next detection make all of it anew from those that are left. */
const forgetFindings = async (lake: Lake, clock: Clock): Promise<void> => {
  const kept = new Set([...keptTables(readFeeds().feeds), 'detection_runs', 'erasures'])
  const tables = await lake.rows<{ name: string }>(
    `select name from system.tables where database = '${lakeDatabase}' and engine = 'MergeTree'`,
  )
  await beginRun(lake, clock, { throughBatch: 0, content: 'begins anew: records were destroyed' })
  for (const { name } of tables) if (!kept.has(name)) await lake.run(`truncate table ${lakeDatabase}.${name}`)
}
