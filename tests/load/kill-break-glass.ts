// Kills a process between asking for an emergency, its first and its second approval: `npx node tests/load/kill-break-glass.ts [cycles]`.
// The result is written down in content/security-tests.yaml.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { insertStaffLinks } from '../../src/access/staff-link-store.ts'
import { makeUser } from '../../src/access/make-user.ts'
import type { User } from '../../src/access/user.ts'
import { openCaseworkStore, type CaseworkStore } from '../../src/casework-store/casework-store.ts'
import { startPrivatePostgres } from '../../src/casework-store/private-postgres.ts'
import { readSql } from '../../src/casework-store/test-stores.ts'
import { checkWhole } from '../../src/cli/audit-verify.ts'
import { readBrokenGlass } from '../../src/concerns/break-glass.ts'
import { onlyConcern, raise } from '../../src/concerns/test-concerns.ts'
import { standingOf } from '../../src/concerns/test-standing.ts'
import { systemClock } from '../../src/core/clock.ts'
import { projectRoot } from '../../src/core/project-root.ts'

const setUp: User = { id: 'set-up', name: '', email: '', roles: ['system_administrator'] }

/** Three people of three lines, and a concern that none of them is kept from. */
const prepare = async (store: CaseworkStore) => {
  const deps = { store, clock: systemClock, maskKey: Buffer.alloc(32, 7) }
  const line = (at: number) => ({
    staffId: `BOSS-${at}`,
    otherStaffId: `S-${at}`,
    personId: '',
    source: 'test',
  })
  const lines = [0, 1, 2].map(at => ({ ...line(at), kind: 'supervises' as const }))
  await insertStaffLinks(store.db, lines, new Date())
  await raise(deps, [standingOf({ staffId: 'SUBJECT', band: 'review', evidence: ['billing:1'] })])
  const roles = ['case_handler', 'investigator', 'head_of_unit'] as const
  const people: User[] = []
  for (const [at, role] of roles.entries()) {
    const person = { email: `${role}@example.uk`, name: role, roles: [role], staffId: `S-${at}` }
    people.push({ ...person, id: (await makeUser(deps, setUp, person)).id })
  }
  const reader: User = { id: 'reader', name: '', email: '', roles: ['analyst'] }
  return { people, concern: (await onlyConcern(deps, reader)).ref }
}

type Glass = { ref: string; approvals: number; opened: boolean; minutes: number }

const glasses = (store: CaseworkStore): Promise<readonly Glass[]> =>
  readSql<Glass>(
    store.db,
    `select g.ref, g.opened_at is not null as opened, coalesce(extract(epoch from g.expires_at - g.opened_at) / 60, 0)::float8 as minutes,
       (select count(*)::int from break_glass_approvals p where p.break_glass = g.ref) as approvals from break_glass g`,
  )

const cycles = Number(process.argv[2] ?? '100')
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-glass-'))
const server = await startPrivatePostgres()
const settings = { dataDir, databaseUrl: server.url }
const faults: string[] = []
let left: readonly Glass[] = []
try {
  const first = await openCaseworkStore(settings)
  const { people, concern } = await prepare(first)
  await first.close()
  const script = join(projectRoot, 'tests/support/break-glass-until-killed.ts')
  const [handler = setUp] = people
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const given = [script, dataDir, server.url, concern, JSON.stringify(people)]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...given])
    const ended = once(child, 'exit')
    child.stderr.on('data', (said: Buffer) => faults.push(String(said).slice(0, 300)))
    await once(child.stdout, 'data')
    // A prime number of steps reaches every part of the work in time.
    await wait((cycle * 137) % 1499)
    child.kill('SIGKILL')
    await ended
    const store = await openCaseworkStore(settings)
    left = await glasses(store)
    for (const { ref, approvals, opened, minutes } of left) {
      if (opened !== approvals >= 2 || minutes > 60)
        faults.push(`${ref}: ${approvals} approvals, open ${String(opened)}, ${minutes} minutes`)
      if (!opened && (await readBrokenGlass({ store, clock: systemClock }, handler, ref, '')) !== undefined)
        faults.push(`${ref} was read with ${approvals} approvals`)
    }
    if (cycle === cycles) {
      const { tables } = await checkWhole(store, dataDir)
      faults.push(...tables.map(({ says }) => says).filter(says => says.includes('break-glass')))
    }
    await store.close()
  }
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
const withApprovals = (count: number): number => left.filter(each => each.approvals === count).length
const counts = { none: withApprovals(0), one: withApprovals(1), two: withApprovals(2) }
process.stdout.write(`${JSON.stringify({ cycles, asked: left.length, ...counts, faults })}\n`)
process.exitCode = faults.length === 0 ? 0 : 1
