import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeDataFolder } from './data-folder.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'upstander-'))

test('a second process on the same folder is told who holds it and what to do', () => {
  const dir = folder()
  const first = takeDataFolder(dir, 'serve')
  assert.throws(() => takeDataFolder(dir, 'intake'), /in use by "upstander serve" \(process \d+.*--data DIR/)
  first.release()
  takeDataFolder(dir, 'intake').release()
})

test('a lock left by a killed process is taken over', () => {
  const dir = folder()
  const lock = join(dir, 'in-use.json')
  writeFileSync(lock, JSON.stringify({ pid: 999_999_99, started: '1', command: 'intake', since: 'then' }))
  const held = takeDataFolder(dir, 'detect')
  assert.equal((JSON.parse(readFileSync(lock, 'utf8')) as { command: string }).command, 'detect')
  held.release()
})
