import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepRows } from './keep-rows.ts'

const counting = () => {
  const kept = keepRows()
  let asked = 0
  const ask = () => Promise.resolve([++asked])
  return { kept, read: (sql = 'a', params = {}) => kept.read(sql, params, ask), asked: () => asked }
}

test('a statement is asked once, and anew for other values and after every write', async () => {
  const { kept, read } = counting()
  assert.deepEqual([await read(), await read()], [[1], [1]])
  assert.deepEqual(await read('a', { staff: 'S1' }), [2])
  await kept.write(() => Promise.resolve())
  assert.deepEqual(await read(), [3])
})

test('what was read while something was written is not given afterwards, nor what a failed write left', async () => {
  const { kept, read } = counting()
  const slow = Promise.withResolvers<readonly number[]>()
  const before = kept.read('slow', {}, () => slow.promise)
  await kept.write(async () => {
    assert.deepEqual([await read(), await read()], [[1], [2]], 'nothing is kept during a write')
    slow.resolve([0])
    await before
  })
  assert.deepEqual(await kept.read('slow', {}, () => Promise.resolve([9])), [9])
  await assert.rejects(kept.write(() => Promise.reject(new Error('disk full'))))
  assert.deepEqual(await read(), [3])
})

test('a read that began before a write and ends after it is not kept', async () => {
  const { kept } = counting()
  const slow = Promise.withResolvers<readonly number[]>()
  const before = kept.read('slow', {}, () => slow.promise)
  await kept.write(() => Promise.resolve())
  slow.resolve([0])
  assert.deepEqual(await before, [0])
  assert.deepEqual(await kept.read('slow', {}, () => Promise.resolve([1])), [1])
})

test('a failure is not kept', async () => {
  const { kept } = counting()
  await assert.rejects(kept.read('a', {}, () => Promise.reject(new Error('not yet'))))
  assert.deepEqual(await kept.read('a', {}, () => Promise.resolve([1])), [1])
})

test('the rows that were asked for least lately are let go first', async () => {
  const { kept } = counting()
  const many = (count: number) => () => Promise.resolve(Array.from({ length: count }, () => count))
  await kept.read('first', {}, many(120_000))
  await kept.read('second', {}, many(50_000))
  await kept.read('first', {}, many(1))
  await kept.read('third', {}, many(60_000))
  assert.equal((await kept.read('first', {}, many(1))).length, 120_000)
  assert.equal((await kept.read('second', {}, many(2))).length, 2)
})
