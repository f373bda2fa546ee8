// RLS-02: ten thousand transactions of many people on a few pooled connections to a PostgreSQL server, in random order and many at a time,
// some of which fail, run into a time limit or are cancelled from outside half way. Whoever has
// the connection next must be asked for as themselves, and who has no session as nobody. Run: npx node tests/load/pooled-connections.ts [turns] [seed]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCast, castNames, type CastName } from '../../src/access/test-cast.ts'
import { openCaseworkStore, type CaseworkDb } from '../../src/casework-store/casework-store.ts'
import { startPrivatePostgres } from '../../src/casework-store/private-postgres.ts'
import { readSql } from '../../src/casework-store/test-stores.ts'

const turns = Number(process.argv[2] ?? 10_000)
const seed = Number(process.argv[3] ?? 1)
const atOnce = 40

/** Numbers from 0 to 1 that anybody can draw again from the seed (mulberry32). */
const draw = (() => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296
  }
})()

const dataDir = mkdtempSync(join(tmpdir(), 'upstander-pool-'))
const server = await startPrivatePostgres()
const store = await openCaseworkStore({ dataDir, databaseUrl: server.url })
const cast = await addCast(store)
const dbOf = (name: CastName): CaseworkDb =>
  store.actFor({ role: 'upstander_staff', token: cast[name].token })
const nobody = store.actFor({ role: 'upstander_staff', token: '' })
const counts = { answered: 0, failed: 0, timedOut: 0, cancelled: 0, hit: 0, nobody: 0 }
let wrong = 0

/** For whom the store is asked. A cancellation that comes late may hit whoever has the connection next: they ask again. */
const asks = async (db: CaseworkDb): Promise<string> => {
  try {
    return (await readSql<{ asks: string | null }>(db, 'select asker() as asks'))[0]?.asks ?? ''
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== '57014') throw thrown
    counts.hit += 1
    return await asks(db)
  }
}

/** What must fail; it counts as wrong where it does not. */
const fails = async (work: Promise<unknown>): Promise<void> => {
  await work.then(
    () => (wrong += 1),
    () => undefined,
  )
}

const upsets: readonly ((db: CaseworkDb) => Promise<void>)[] = [
  async db => {
    counts.failed += 1
    await fails(db.transaction().execute(async trx => readSql(trx, 'select 1 / 0')))
  },
  async db => {
    counts.timedOut += 1
    await fails(
      db.transaction().execute(async trx => {
        await readSql(trx, `set local statement_timeout = '5ms'`)
        await readSql(trx, 'select pg_sleep(1)')
      }),
    )
  },
  async db => {
    counts.cancelled += 1
    await fails(
      db.transaction().execute(async trx => {
        const [row] = await readSql<{ pid: number }>(trx, 'select pg_backend_pid() as pid')
        const sleep = readSql(trx, 'select pg_sleep(5)')
        const stop = setInterval(() => {
          readSql(store.db, `select pg_cancel_backend(${row?.pid ?? 0})`).catch(() => undefined)
        }, 3)
        await sleep.finally(() => {
          clearInterval(stop)
        })
      }),
    )
  },
]

const turn = async (): Promise<void> => {
  const name = castNames[Math.floor(draw() * castNames.length)] ?? 'head'
  const chance = draw()
  const upset = upsets[Math.floor(draw() * upsets.length)]
  if (chance < 0.2 && upset !== undefined) await upset(dbOf(name))
  if (chance > 0.9) {
    counts.nobody += 1
    if ((await asks(nobody)) !== '') wrong += 1
  }
  counts.answered += 1
  if ((await asks(dbOf(name))) !== cast[name].id) wrong += 1
}

const startedAt = performance.now()
let begun = 0
const worker = async (): Promise<void> => {
  while (begun < turns) {
    begun += 1
    await turn()
  }
}
await Promise.all(Array.from({ length: atOnce }, worker))
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
console.log(
  `${turns} turns in ${seconds} s, ${atOnce} at once, seed ${seed}: ${JSON.stringify(counts)}; ${wrong} wrong`,
)
await store.close()
await server.stop()
rmSync(dataDir, { recursive: true, force: true })
process.exitCode = wrong === 0 ? 0 : 1
