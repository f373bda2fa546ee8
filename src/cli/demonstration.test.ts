import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openLake, type Lake } from '../lake/lake.ts'
import { isDemonstration, markDemonstration } from './demonstration.ts'
import { recoverAndPrepare } from './prepare-lake.ts'

let lake: Lake
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-demonstration-'))
const takeIn = (batch_id: number) => lake.insert('upstander.batches', [{ batch_id, feed: 'billing' }])

before(async () => {
  lake = await openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 1_000, lakeThreads: 1 })
  await recoverAndPrepare(lake)
})

after(async () => {
  await lake.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a folder is a demonstration only while everything in it is invented: one batch more, and a password is not enough', async () => {
  assert.equal(await isDemonstration(lake, dataDir), false, 'an empty folder')
  await takeIn(1)
  assert.equal(await isDemonstration(lake, dataDir), false, 'records of a force')
  await markDemonstration(lake, dataDir)
  assert.equal(await isDemonstration(lake, dataDir), true)
  await takeIn(2)
  assert.equal(await isDemonstration(lake, dataDir), false)
})

test('a marker that cannot be read marks nothing', async () => {
  for (const text of ['', '{}', '{"throughBatch":"2"}']) {
    writeFileSync(join(dataDir, 'demonstration.json'), text)
    assert.equal(await isDemonstration(lake, dataDir), false, text)
  }
})
