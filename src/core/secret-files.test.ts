import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'upstander-secrets-'))
after(() => {
  rmSync(folder, { recursive: true, force: true })
})
const file = join(folder, 'secret')
const secret = 'forty-two letters of which nobody knows one'

test('a secret may stand in a file, with or without a line end', () => {
  for (const end of ['', '\n', '\r\n']) {
    writeFileSync(file, `${secret}${end}`, { mode: 0o600 })
    assert.equal(readSettings({ UPSTANDER_SECRET_FILE: file }).secret, secret)
  }
  writeFileSync(file, 'postgres://user:word@host/upstander\n')
  assert.match(readSettings({ DATABASE_URL_FILE: file }).databaseUrl ?? '', /^postgres:/)
})

test('what a file holds is checked like any other setting', () => {
  writeFileSync(file, 'short')
  assert.throws(() => readSettings({ UPSTANDER_SECRET_FILE: file }), /UPSTANDER_SECRET/)
})

test('a file that others may read, that is not there, or that stands beside the setting itself is refused', () => {
  writeFileSync(file, secret)
  chmodSync(file, 0o604)
  assert.throws(() => readSettings({ UPSTANDER_SECRET_FILE: file }), /chmod 600/)
  chmodSync(file, 0o600)
  assert.throws(() => readSettings({ UPSTANDER_SECRET_FILE: `${file}.gone` }), /cannot be read/)
  assert.throws(
    () => readSettings({ UPSTANDER_SECRET_FILE: file, UPSTANDER_SECRET: secret }),
    /Both .* Unset one/,
  )
})
