import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect } from './detect.ts'
import { setAsideExcepted, type Excepted, type Exception } from './exceptions.ts'
import { createFindingTables } from './finding-tables.ts'
import { loadRecords } from './load-world.ts'
import { tunedDeps, tunedWorld } from './tuned-world.ts'
import { readExcepted } from './unexcepted.ts'

let lake: Lake
let everything: string[]
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
  await run()
  everything = await found('findings')
})
after(() => lake.close())

const exception = (
  covers: Excepted,
  days: Partial<Pick<Exception, 'fromOn' | 'untilOn'>> = {},
): Exception => ({
  id: 'X',
  covers,
  fromOn: '2025-01-01',
  untilOn: '2025-12-31',
  ...days,
})

let lastDay = ''
async function run(...exceptions: Exception[]): Promise<void> {
  lastDay = (await detect(tunedDeps(lake), { rules: { tunings: [], exceptions } })).lastDay
}

/** Applies exceptions to a copy of all findings, as detection does to what it has just found. */
async function setAside(...exceptions: Exception[]): Promise<void> {
  await createFindingTables(lake, ['draft_findings'])
  await lake.run('insert into upstander.draft_findings select * from upstander.findings')
  await setAsideExcepted(lake, 'draft_findings', 'excepted_findings', exceptions)
}

/** Findings of a table as `day staff indicator`. */
async function found(table: string): Promise<string[]> {
  const rows = await lake.rows<{ line: string }>(
    `select concat(toString(found_on), ' ', staff_id, ' ', indicator) as line from upstander.${table} where unit = 'pair' order by line`,
  )
  return rows.map(row => row.line)
}

const of = (staff: string) => everything.filter(line => line.includes(` ${staff} `))

test('it covers only findings dated within its days', async () => {
  const days = { fromOn: '2025-06-14', untilOn: '2025-06-15' }
  await setAside(exception({ kind: 'pair', staffId: 'S1', personId: 'P1' }, days))
  const within = of('S1').filter(line => line >= '2025-06-14' && line < '2025-06-16')
  assert.ok(within.length > 0 && within.length < of('S1').length)
  assert.deepEqual(await found('excepted_findings'), within)
})

test('an exception for a plan covers the two of the plan while the plan lasts', async () => {
  await setAside(exception({ kind: 'plan', assignmentId: 'A1' }))
  assert.deepEqual(await found('excepted_findings'), of('S2'))
  await setAside(exception({ kind: 'plan', assignmentId: 'A2' }))
  assert.deepEqual(await found('excepted_findings'), [])
})

test('an exception for a number covers findings that quote nothing but contact with it', async () => {
  await setAside(exception({ kind: 'number', number: '+447700900102' }))
  const aside = await found('excepted_findings')
  assert.ok(aside.length > 0)
  assert.ok(aside.every(line => line.includes(' S2 ')))
  await setAside(exception({ kind: 'number', number: '+447700900101' }))
  const kept = (await found('draft_findings')).filter(line => line.includes(' S1 '))
  assert.ok(
    kept.some(line => line.includes('look-up')),
    'her look-ups are no contact with that number',
  )
  assert.ok((await found('excepted_findings')).every(line => !line.includes('look-up')))
})

test('an exception for an address covers findings that quote nothing but stays beside it', async () => {
  await setAside(exception({ kind: 'address', lat: 52.01, lon: -1.1 }))
  const aside = await found('excepted_findings')
  assert.ok(aside.some(line => line.includes(' S3 untasked-home-stays')))
  assert.ok(aside.every(line => line.includes(' S3 ')))
  await setAside(exception({ kind: 'address', lat: 52.012, lon: -1.1 }))
  assert.deepEqual(await found('excepted_findings'), [], '220 m away is another address')
})

test('an exception for a pair sets aside what was found about the two, keeps it, and scores it nowhere', async () => {
  await run(exception({ kind: 'pair', staffId: 'S1', personId: 'P1' }))
  assert.ok(of('S1').length > 0)
  assert.deepEqual(await found('excepted_findings'), of('S1'))
  assert.deepEqual(
    await found('findings'),
    everything.filter(line => !line.includes(' S1 ')),
  )
  const scored = await lake.rows<{ staff_id: string }>('select distinct staff_id from upstander.scores')
  assert.ok(!scored.some(row => row.staff_id === 'S1'))
})

test('what an exception hides is scored apart, and a rise is told', async () => {
  const [hidden] = await readExcepted(lake, lastDay)
  assert.equal(hidden?.exception, 'X')
  assert.equal(hidden.findings, of('S1').length)
  assert.ok(hidden.pointsNow >= 13)
  assert.deepEqual([hidden.pointsBefore, hidden.rising], [0, true])
})

test('a hidden pattern that only fades is not rising', async () => {
  await lake.run(
    `insert into upstander.unexcepted_scores select staff_id, person_id, toDate({last:String}) - 28, points + 1, band, bonus, parts
     from upstander.unexcepted_scores where on_day = toDate({last:String})`,
    { last: lastDay },
  )
  const [hidden] = await readExcepted(lake, lastDay)
  assert.ok(hidden && hidden.pointsBefore > hidden.pointsNow)
  assert.equal(hidden.rising, false)
})
test('without exceptions, everything counts again', async () => {
  await run()
  assert.deepEqual(await found('findings'), everything)
  assert.deepEqual(await found('excepted_findings'), [])
})
