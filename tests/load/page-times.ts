// How long each page takes with the concerns of a large force, under row-level security: `npx node tests/load/page-times.ts DIR`,
// where DIR is a data folder in which records were taken in and detected (it is read, never changed).
// The casework store is a new one in a scratch folder: what detection found in DIR, filled up with copies to 2,000 concerns, and
// the log of some 20,000 visits. The result is written down in bench/page-times.md, which the page on performance quotes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeUser } from '../../src/access/make-user.ts'
import { roleNames, type Role } from '../../src/access/roles.ts'
import { createSignIn } from '../../src/access/sign-in.ts'
import { appendEvent, settleLog } from '../../src/audit/audit-log.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { raiseConcerns } from '../../src/concerns/raise-concerns.ts'
import type { Standing } from '../../src/concerns/standing.ts'
import type { Clock } from '../../src/core/clock.ts'
import { readKey } from '../../src/core/keys.ts'
import { lastRun } from '../../src/detection/runs.ts'
import { readStandings } from '../../src/detection/standing.ts'
import { openLake } from '../../src/lake/lake.ts'
import { newestBatch } from '../../src/cli/demonstration.ts'
import { confirmInvented } from '../../src/tuning/confirm-feeds.ts'
import { buildApp } from '../../src/web/app.ts'
import { readWebContent } from '../../src/web/content.ts'
import { visit } from '../support/visitor.ts'

const [lakeDir = 'data', concernsText = '2000', roundsText = '20'] = process.argv.slice(2)
const concerns = Number(concernsText)
const rounds = Number(roundsText)

const dataDir = mkdtempSync(join(tmpdir(), 'upstander-pages-'))
const lake = await openLake({
  dataDir: lakeDir,
  clickhouseUrl: undefined,
  lakeMemoryMb: 2_000,
  lakeThreads: 2,
})
const store = await openCaseworkStore({ dataDir, databaseUrl: process.env['DATABASE_URL'] })
const lastDay = (await lastRun(lake))?.result?.lastDay ?? ''
const startedAt = new Date(`${lastDay}T09:00:00Z`).getTime() + 86_400_000 - Date.now()
const clock: Clock = { now: () => new Date(Date.now() + startedAt) }

/** What detection found, and as many copies about other pairs of the same staff as make up the number. */
const manyStandings = async (): Promise<Standing[]> => {
  const found = (await readStandings(lake, [])).filter(each => each.band !== 'none')
  return Array.from({ length: Math.max(concerns, found.length) }, (_, at) => {
    const each = found[at % found.length] ?? raiseNothing()
    const copy = Math.floor(at / found.length)
    return copy === 0
      ? each
      : {
          ...each,
          personId: `${each.personId}-${copy}`,
          band: 'review',
          points: 17 + (at % 60) / 10,
          fingerprint: `${each.fingerprint}-${copy}`,
        }
  })
}

const raiseNothing = (): never => {
  throw new Error(`Detection found no pair in ${lakeDir}: nothing to raise.`)
}

const visitsLogged = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at += 500) {
    await Promise.all(
      Array.from({ length: 500 }, (_, nth) =>
        appendEvent(
          { store, clock },
          {
            who: `u${nth % 60}`,
            what: 'concern-read',
            subject: `K7Q2-${nth}`,
            why: 'Read a concern',
            from: '10.0.0.7',
            outcome: 'allowed',
          },
        ),
      ),
    )
  }
  await settleLog({ store })
}

const began = performance.now()
await confirmInvented({ store, clock }, await newestBatch(lake))
await raiseConcerns({ store, clock }, await manyStandings(), { staffCount: 6_000, lastDay })
await visitsLogged(20_000)
const setUp = { id: 'set-up', name: 'Set-up', email: '', roles: ['system_administrator'] as const }
const people = {} as Record<Role, { email: string; password: string }>
for (const role of roleNames) {
  const email = `${role}@example.uk`
  const { password } = await makeUser({ store, clock }, setUp, { email, name: role, roles: [role] })
  people[role] = { email, password }
}
process.stdout.write(`made ready in ${Math.round((performance.now() - began) / 1_000)} s\n`)

const secret = readKey(dataDir, 'session').toString('hex')
const app = await buildApp({
  lake,
  store,
  clock,
  content: readWebContent(),
  secret,
  signIn: createSignIn({ store, clock, secret, publicUrl: 'http://localhost', secondStep: 'offered' }),
  settings: { publicUrl: undefined },
  maskKey: readKey(dataDir, 'mask'),
  logLevel: 'silent',
})

/** The strongest concerns: the copies come after them. Each visit opens another, for which nothing was read yet. */
const strongest = await store.db
  .selectFrom('concerns')
  .select('ref')
  .orderBy('points', 'desc')
  .limit(rounds + 1)
  .execute()
const nth = (path: string, at: number): string =>
  path.replace(':ref', strongest[at % strongest.length]?.ref ?? '')
const concern = '/concerns/:ref'
const pages: readonly (readonly [Role, string])[] = [
  ['analyst', '/'],
  ['analyst', '/concerns'],
  ['analyst', '/concerns?status=all&page=40'],
  ['analyst', '/concerns?text=look-ups'],
  ['analyst', concern],
  ['analyst', `${concern}?again`],
  ['analyst', `${concern}/records`],
  ['analyst', `${concern}/concern.pdf`],
  ['analyst', '/look-ups'],
  ['analyst', '/feeds'],
  ['analyst', '/indicators'],
  ['analyst', '/indicators/pair-volume'],
  ['head_of_unit', '/indicators/pair-volume/tuning'],
  ['analyst', '/evaluation'],
  ['analyst', '/warning-signs'],
  ['head_of_unit', '/exceptions'],
  ['head_of_unit', '/authorisations'],
  ['investigator', `${concern}/sweeps`],
  ['investigator', `${concern}/tip-off`],
  ['investigator', `${concern}/kept-from`],
  ['analyst', '/break-glass'],
  ['analyst', '/records/rejects'],
  ['auditor', '/watching'],
  ['auditor', '/log'],
  ['data_protection', '/retention'],
  ['system_administrator', '/accounts'],
  ['analyst', '/account'],
]

const quantile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)

process.stdout.write(`${concerns} concerns, 20,000 entries, one reader; milliseconds\n`)
process.stdout.write('page                                  status   p50   p95   processor\n')
for (const [role, path] of pages) {
  const visitor = await visit(app).signIn(people[role])
  const { status } = await visitor.get(nth(path, rounds))
  const waits: number[] = []
  const cpu = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) {
    const at = performance.now()
    await visitor.get(nth(path, round))
    waits.push(performance.now() - at)
  }
  const { user, system } = process.cpuUsage(cpu)
  const sorted = waits.toSorted((a, b) => a - b)
  const name = `${role} ${path}`
  process.stdout.write(
    `${name.padEnd(48)} ${status} ${String(quantile(sorted, 0.5)).padStart(6)} ${String(quantile(sorted, 0.95)).padStart(6)} ${String(Math.round((user + system) / 1_000 / rounds)).padStart(6)}\n`,
  )
}
await app.close()
await store.close()
await lake.close()
rmSync(dataDir, { recursive: true, force: true })
