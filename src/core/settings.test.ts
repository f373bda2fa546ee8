import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from './errors.ts'
import { maskSettings, readSettings } from './settings.ts'

test('an empty environment gives working defaults', () => {
  const settings = readSettings({})
  assert.equal(settings.port, 3000)
  assert.equal(settings.databaseUrl, undefined)
  assert.match(settings.dataDir, /data$/)
})

test('every fault is listed at once, by the name of its setting', () => {
  const faulty = {
    UPSTANDER_PORT: '99999',
    DATABASE_URL: 'mysql://x',
    CLICKHOUSE_URL: 'nonsense',
    UPSTANDER_SECRET: 'short',
  }
  assert.throws(
    () => readSettings(faulty),
    (thrown: unknown) => {
      assert.ok(thrown instanceof AppError)
      assert.equal(thrown.code, 'SETTINGS_INVALID')
      for (const name of Object.keys(faulty)) assert.match(thrown.message, new RegExp(name))
      return true
    },
  )
})

test('passwords and secrets are masked when settings are printed', () => {
  const settings = readSettings({
    DATABASE_URL: 'postgres://upstander:swordfish@localhost/upstander',
    UPSTANDER_SECRET: 'x'.repeat(32),
  })
  const printed = JSON.stringify(maskSettings(settings))
  assert.doesNotMatch(printed, /swordfish|xxxx/)
  assert.match(printed, /localhost/)
})

test('--data wins over UPSTANDER_DATA', () => {
  assert.equal(readSettings({ UPSTANDER_DATA: '/a' }, { dataDir: '/b' }).dataDir, '/b')
})
