import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { addToRegister, readRegister } from './erasure-register.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-register-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

test('RET-03: a register with a line that cannot be read stops everything; one cut short at its end does not', () => {
  const file = join(home, 'register.jsonl')
  const order = {
    id: 'one',
    at: '2027-07-15T09:00:00.000Z',
    feeds: [],
    rejectsBefore: '2026-07-15',
    key: '0'.repeat(64),
    concerns: [],
    heldStaff: [],
    heldPeople: [],
  }
  addToRegister([file], [order])
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"tw`)
  assert.equal(readRegister([file]).length, 1)
  addToRegister([file], [order, { ...order, id: 'two' }])
  assert.deepEqual(
    readRegister([file]).map(each => each.id),
    ['one', 'two'],
  )
  writeFileSync(file, 'nonsense\n')
  assert.throws(() => readRegister([file]), { code: 'ERASURE_FAILED' })
  assert.throws(() => {
    addToRegister([join(file, 'below-a-file', 'register.jsonl')], [order])
  }, /Nothing was destroyed/)
})
