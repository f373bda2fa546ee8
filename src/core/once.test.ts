import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { once } from './once.ts'

describe('what is made once', () => {
  test('is made at the first call only, and is the same thing ever after', () => {
    let times = 0
    const read = once(() => ({ time: ++times }))
    assert.equal(read(), read())
    assert.deepEqual([read().time, times], [1, 1])
  })

  test('cannot be changed by one who reads it, however deep', () => {
    const read = once(() => ({ list: [{ points: 5 }] }))
    assert.throws(() => (read().list[0] as { points: number }).points++, TypeError)
    assert.throws(() => read().list.push({ points: 6 }), TypeError)
  })

  test('is tried again after a failure', () => {
    let broken = true
    const read = once(() => {
      if (broken) throw new Error('not yet')
      return { good: true }
    })
    assert.throws(read, /not yet/)
    broken = false
    assert.deepEqual(read(), { good: true })
  })
})
