import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestLake } from '../detection/built-world.ts'
import { detect } from '../detection/detect.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedDeps, tunedWorld } from '../detection/tuned-world.ts'
import type { Lake } from '../lake/lake.ts'
import { readTrails } from './read-trails.ts'
import { offendingOf } from './subject.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
  await detect(tunedDeps(lake))
})
after(() => lake.close())

const trailOf = async (staff_id: string, person_id: string, first_improper_on: string, to = '2025-07-20') => {
  const offender = offendingOf([{ staff_id, person_id, first_improper_on }])
  return (await readTrails(lake, new Map([[staff_id, offender]]), { from: '2025-06-01', to })).get(staff_id)
}

test('contacts and look-ups of the person offended against are told, from the day it began', async () => {
  const whole = await trailOf('S1', 'P1', '2025-06-02')
  assert.deepEqual([whole?.events, whole?.unexplained], [8, 8], 'six texts off duty and two look-ups')
  assert.ok((whole?.families ?? 0) > 1)
  const late = await trailOf('S1', 'P1', '2025-06-13')
  assert.deepEqual([late?.events, late?.unexplained], [4, 4], 'three texts and a look-up came after that day')
})

test('a visit to the home is told, a contact that a plan explains is none that is unexplained', async () => {
  const visits = await trailOf('S3', 'P3', '2025-06-02')
  assert.deepEqual([visits?.events, visits?.unexplained], [5, 5])
  const planned = await trailOf('S2', 'P2', '2025-06-02')
  assert.deepEqual([planned?.events, planned?.unexplained], [12, 0])
})

test('of somebody with whom no record has them there is nothing', async () => {
  assert.deepEqual(await trailOf('S3', 'P1', '2025-06-02'), { events: 0, unexplained: 0, families: 0 })
})
