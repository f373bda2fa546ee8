import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { readCredits } from './credits.ts'
import { readExplanations } from './explanations.ts'
import { explainedWorld, writeLateFacts } from './explained-world.ts'
import { readShown } from './shown-explanations.ts'

const { explanations, events } = readExplanations(readCredits())
const byQuery = explanations.filter(each => each.test.by === 'query')
/** What S3 and P3 stand for, who met once, long ago, and said so. */
const rare = ['met-again-long-after', 'no-roster', 'slight-dealing']

let lake: Lake

before(async () => {
  lake = await openTestLake()
  await buildWorld(lake, explainedWorld)
  await writeLateFacts(lake)
})
after(() => lake.close())

const shownOf = async (staffId: string, personId: string) =>
  await readShown(lake, byQuery, events, { staffId, personId, from: '2026-05-01', to: '2026-06-30' })

test('each explanation is found where one record shows it', async () => {
  const shown = await shownOf('S1', 'P1')
  const wanted = byQuery.map(each => each.id).filter(id => !rare.includes(id))
  assert.deepEqual([...shown.keys()].toSorted(), wanted.toSorted())
})

test('and not where that record differs in the one respect that matters', async () => {
  assert.deepEqual([...(await shownOf('S2', 'P2')).keys()], [])
})

test('those of people who met once, long ago, are found where they did', async () => {
  const shown = await shownOf('S3', 'P3')
  for (const id of rare) assert.ok(shown.has(id), id)
})

test('what is found names the records that show it', async () => {
  const shown = await shownOf('S1', 'P1')
  assert.deepEqual(shown.get('written-up-late')?.records, ['contact_log:late'])
  assert.deepEqual(shown.get('police-place-next-door')?.records, ['sites:station'])
  assert.deepEqual(shown.get('reason-was-typed')?.records, ['system_access:typed'])
  assert.deepEqual(shown.get('one-event')?.records, ['complaints:second'])
})

test('of a member of staff alone only what is asked of them alone can be found', async () => {
  assert.deepEqual([...(await shownOf('S1', '')).keys()].toSorted(), [
    'malicious-or-twice',
    'one-event',
    'resolved',
  ])
})
