import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allocation, onePair, strangerNumber, writeOnePair } from '../../tests/support/one-pair.ts'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { readTipOffs, unknownIds } from './tip-offs.ts'

const notice = (since: string, rest: object = {}) => ({
  notice: 'N1',
  ...onePair,
  since: new Date(since),
  ...rest,
})

let lake: Lake
before(async () => {
  lake = await openTestLake()
  assert.deepEqual(await readTipOffs(lake, [notice('2026-06-01T00:00:00Z')]), [], 'nothing was built yet')
  await writeOnePair(lake)
  await lake.insert('upstander.staff', [
    { staff_id: onePair.staffId, role: 'officer', joined_on: '2020-01-01' },
  ])
})
after(() => lake.close())

test('every contact, look-up and stop since the notice is there, and says whether a record explains it', async () => {
  const seen = await readTipOffs(lake, [notice('2026-06-03T00:00:00Z')])
  assert.deepEqual(
    seen.map(each => [each.kind, each.recordId, each.explained, each.says]),
    [
      ['contact', 'billing:B2', true, 'Call made'],
      ['stay', 'stay:V1:1', false, 'Stopped 20 min, 42 m from an address'],
    ],
    `B2 is explained by ${allocation}`,
  )
})

test('what came before the moment of the notice is not', async () => {
  const seen = await readTipOffs(lake, [notice('2026-06-03T10:00:01Z')])
  assert.deepEqual(
    seen.map(each => each.recordId),
    ['stay:V1:1'],
  )
})

test('a colleague and a number nobody has can be watched too, each notice for itself', async () => {
  const seen = await readTipOffs(lake, [
    notice('2026-06-04T00:00:00Z', { personId: strangerNumber }),
    notice('2026-06-03T00:00:00Z', { notice: 'N2', staffId: 'PC9' }),
  ])
  assert.deepEqual(
    seen.map(each => [each.notice, each.recordId]),
    [
      ['N2', 'billing:B3'],
      ['N1', 'billing:B4'],
    ],
  )
})

test('an id that no record knows is told; a bare number is always taken', async () => {
  assert.deepEqual(
    await unknownIds(lake, { staff: [onePair.staffId, 'PC0'], people: ['PERSON-0', strangerNumber] }),
    { staff: ['PC0'], people: ['PERSON-0'] },
  )
})
