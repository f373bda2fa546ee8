import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readSettings } from '../core/settings.ts'
import { openLake } from './lake.ts'

test('the lake keeps rows across reopening, binds parameters and explains a wrong query', async () => {
  const settings = readSettings({}, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) })
  const lake = await openLake(settings)
  await lake.run(
    'create table upstander.notes (id UInt64, note String, at DateTime) engine = MergeTree order by id',
  )
  await lake.insert('upstander.notes', [{ id: 1, note: "it's", at: '2025-01-31T18:05:00Z' }])
  await lake.close()

  const again = await openLake(settings)
  const rows = await again.rows<{ id: number; note: string; at: string }>(
    'select id, note, at from upstander.notes where note = {note:String}',
    { note: "it's" },
  )
  assert.deepEqual(rows, [{ id: 1, note: "it's", at: '2025-01-31 18:05:00' }])
  await assert.rejects(again.rows('select nothing from nowhere'), /The lake refused a query.*nowhere/s)
  await again.close()
})
