import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { findAll } from './findings.ts'
import { loadRecords } from './load-world.ts'
import { silentProgress } from '../core/progress.ts'
import { readPatterns, readPatternsSeen } from './patterns.ts'

const finding = (personId: string, indicator: string, family: string, foundOn: string, points = 8) => ({
  indicator,
  version: 1,
  family,
  unit: 'pair',
  staff_id: 'S1',
  person_id: personId,
  found_on: foundOn,
  points,
  count: 1,
  first_at: `${foundOn} 10:00:00`,
  last_at: `${foundOn} 10:00:00`,
  evidence: [],
  detail: {},
  resolved_on: '2106-01-01',
})

let lake: Lake
before(async () => {
  lake = await openTestLake()
  assert.deepEqual(await seen('P1'), [], 'nothing was found yet')
  await loadRecords(lake, {
    day0: '2025-06-02',
    records: { staff: [{ staff_id: 'S1' }, { staff_id: 'S2' }] },
  })
  await findAll({ lake, progress: silentProgress }, { indicators: [] })
  await lake.insert('upstander.findings', [
    finding('P1', 'off-duty-contact', 'F1', '2025-06-20'),
    finding('P1', 'untasked-home-stays', 'F2', '2025-06-25'),
    finding('P1', 'fast-escalation', 'F1', '2025-03-01'),
    finding('P2', 'off-duty-contact', 'F1', '2025-05-10'),
    finding('P2', 'unexplained-look-up', 'F3', '2025-05-11', 4),
    finding('+447700900333', 'number-from-records', 'F1', '2025-04-10'),
  ])
})
after(() => lake.close())

const seen = (personId: string, onDay = '2025-06-30', people: readonly string[] = []) => {
  const without = { staffIds: [], personIds: people }
  return readPatternsSeen(lake, readPatterns(), { staffId: 'S1', personId, onDay, without })
}

test('depth shows where two families of signs point at one person within the days given, and names what it rests on', async () => {
  const depth = (await seen('P1')).find(each => each.pattern.id === 'depth')
  assert.equal(depth?.shows, true)
  assert.deepEqual(
    depth.restsOn.map(each => [each.indicator, each.lastOn]),
    [
      ['off-duty-contact', '2025-06-20'],
      ['untasked-home-stays', '2025-06-25'],
    ],
  )
})

test('one family of signs about another person is not depth', async () => {
  const depth = (await seen('P2')).find(each => each.pattern.id === 'depth')
  assert.deepEqual([depth?.shows, depth?.count], [false, 0])
})

test('breadth counts people and numbers nobody has, and says how many staff have as many', async () => {
  const breadth = (await seen('P1')).find(each => each.pattern.id === 'breadth')
  assert.deepEqual([breadth?.shows, breadth?.count, breadth?.alike], [true, 3, { staff: 1, of: 2 }])
  assert.deepEqual([...new Set(breadth?.restsOn.map(each => each.personId))].toSorted(), [
    '+447700900333',
    'P1',
    'P2',
  ])
})

test('nothing after the day of the score counts', async () => {
  const before = await seen('P1', '2025-05-31')
  assert.deepEqual(
    before.map(each => [each.pattern.id, each.shows]),
    [
      ['depth', false],
      ['breadth', false],
    ],
  )
})

test('a concern about the member of staff alone has no depth to look for', async () => {
  assert.deepEqual(
    (await seen('')).map(each => each.pattern.id),
    ['breadth'],
  )
})

test('COI-09: to a reader who is close to one of the people a pattern is what it would be without them', async () => {
  const close = await seen('P1', '2025-06-30', ['P2'])
  assert.deepEqual(
    close.find(each => each.pattern.id === 'breadth')?.restsOn.filter(each => each.personId === 'P2'),
    [],
  )
  await lake.run(`delete from upstander.findings where person_id = 'P2'`)
  assert.deepEqual(close, await seen('P1'))
})
