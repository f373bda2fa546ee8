import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fixedClock } from '../core/clock.ts'
import { projectRoot } from '../core/project-root.ts'
import { readSettings } from '../core/settings.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { readFeeds } from './feeds.ts'
import { intakeFolder } from './intake-folder.ts'
import { recoverIntake } from './recover-intake.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-crash-'))
const base = join(home, 'base')
const first = join(home, 'first')
const second = join(home, 'second')
const clock = fixedClock('2025-06-01T12:00:00Z')

const billing = (rows: readonly string[]): string =>
  `record_id,device_address,other_address,direction,kind,at,duration_s\n${rows.join('\n')}\n`
const call = (id: number, seconds: number | string): string =>
  `B${id},+447700900001,+447700900002,out,voice,2025-05-01T10:${String(id % 60).padStart(2, '0')}:00Z,${seconds}`

/** All that a batch may change, in a form that can be compared. */
const contents = (lake: Lake): Promise<unknown[]> =>
  lake.rows(
    `select what, row from (
     select 'billing' as what, toString(tuple(record_id, duration_s, batch_id)) as row from upstander.billing
     union all select 'superseded', toString(tuple(key, row, replaced_by)) from upstander.superseded
     union all select 'rejects', toString(tuple(file, line, field, reason)) from upstander.rejects
     union all select 'batches', toString(tuple(batch_id, rows, accepted, rejected, replaced)) from upstander.batches)
     order by what, row`,
  )

const opened = async <T>(dataDir: string, work: (lake: Lake) => Promise<T>): Promise<T> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  try {
    return await work(lake)
  } finally {
    await lake.close()
  }
}

const child = (dataDir: string, at: number, when: 'before' | 'during') =>
  spawnSync(
    process.execPath,
    [join(projectRoot, 'tests/support/intake-until-killed.ts'), dataDir, second, String(at), when],
    { encoding: 'utf8' },
  )

let none: unknown[] = []
let all: unknown[] = []
let statements: string[] = []

before(async () => {
  for (const folder of [first, second]) mkdirSync(folder)
  writeFileSync(join(first, 'billing.csv'), billing(Array.from({ length: 50 }, (_, i) => call(i, 10))))
  // Twenty corrections, twenty new calls, one key twice, two rejects.
  const rows = Array.from({ length: 40 }, (_, i) => call(i + 30, 99))
  writeFileSync(
    join(second, 'billing-2.csv'),
    billing([...rows, call(69, 7), call(70, 'long'), call(71, '1,000')]),
  )
  none = await opened(base, async lake => {
    await intakeFolder({ lake, clock }, first)
    return contents(lake)
  })
  const whole = join(home, 'whole')
  cpSync(base, whole, { recursive: true })
  statements = child(whole, 0, 'before').stdout.split('\n')
  all = await opened(whole, contents)
})
after(() => {
  rmSync(home, { recursive: true, force: true })
})

test('the undisturbed intake corrects twenty calls, keeps their old versions and rejects two rows', () => {
  const of = (rows: unknown[], what: string) =>
    rows.filter(row => (row as { what: string }).what === what).length
  assert.deepEqual(
    ['billing', 'superseded', 'rejects', 'batches'].map(what => of(all, what)),
    [70, 21, 2, 2],
  )
})

test('killed at any point of its life, a batch lands whole or not at all, and a rerun completes it', async () => {
  const place = (wanted: RegExp): number => 1 + statements.findIndex(statement => wanted.test(statement))
  const journal = place(/intake_journal/)
  const landed = place(/^upstander\.batches/)
  const early = [place(/_raw_to_typed to/), place(/insert into \S+_raw /), place(/insert into \S+_replaced/)]
  const late = Array.from({ length: landed - journal + 3 }, (_, index) => journal + index)
  const seen = new Set<string>()
  for (const at of [...early, ...late]) {
    const when = at % 2 === 0 ? 'before' : 'during'
    const dataDir = join(home, `killed-${at}`)
    cpSync(base, dataDir, { recursive: true })
    assert.equal(child(dataDir, at, when).signal, 'SIGKILL')
    await opened(dataDir, async lake => {
      await recoverIntake(lake, readFeeds().feeds)
      const found = await contents(lake)
      const outcome = found.length === none.length ? 'none' : 'all'
      assert.deepEqual(found, outcome === 'all' ? all : none, `killed ${when} ${statements[at - 1] ?? ''}`)
      seen.add(outcome)
      await intakeFolder({ lake, clock }, second)
      assert.deepEqual(await contents(lake), all, `rerun after a kill ${when} ${statements[at - 1] ?? ''}`)
      assert.deepEqual(
        await lake.rows("select name from system.tables where database = 'upstander_staging'"),
        [],
      )
    })
    rmSync(dataDir, { recursive: true, force: true })
  }
  assert.deepEqual([...seen].toSorted(), ['all', 'none'])
})
