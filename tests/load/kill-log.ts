// Kills a process that adds to the log, over and over: `npx node tests/load/kill-log.ts [cycles] [embedded]`.
// The result is written down in content/security-tests.yaml.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrivatePostgres } from '../../src/casework-store/private-postgres.ts'
import { killLog } from '../support/kill-log.ts'

const [cycles = '1000', where = 'server'] = process.argv.slice(2)
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-killed-'))
const server = where === 'embedded' ? undefined : await startPrivatePostgres()
const began = performance.now()
try {
  const killed = await killLog(
    { dataDir, databaseUrl: server?.url },
    { cycles: Number(cycles), checkEvery: 50 },
  )
  const seconds = Math.round((performance.now() - began) / 1_000)
  process.stdout.write(`${JSON.stringify({ ...killed, where, seconds }, null, 2)}\n`)
  process.exitCode = killed.lost.length + killed.faults.length === 0 ? 0 : 1
} finally {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
