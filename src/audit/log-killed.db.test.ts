import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { killLog } from '../../tests/support/kill-log.ts'
import { startPrivatePostgres } from '../casework-store/private-postgres.ts'

test('LOG-04: a process killed in the midst of its work loses no acknowledged entry and leaves none half written', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-killed-'))
  const server = await startPrivatePostgres()
  try {
    const killed = await killLog({ dataDir, databaseUrl: server.url }, { cycles: 6, checkEvery: 3 })
    assert.deepEqual([killed.lost, killed.faults], [[], []])
    assert.ok(killed.acknowledged > 6)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
