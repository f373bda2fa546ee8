import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderFaults } from './order-faults.ts'

const faultsOf = (sql: string) => orderFaults({ name: 'a.sql', sql })

test('a query that keeps any few of many records is told which word to use', () => {
  for (const word of ['groupArray', 'groupUniqArray', 'groupArrayIf'])
    assert.deepEqual(faultsOf(`select ${word}(20)(record_id, x = 1) from t`), [
      `a.sql keeps any few with ${word}(…): use groupArraySorted(…), with distinct where it may repeat`,
    ])
  assert.deepEqual(faultsOf('select groupArraySorted(20)(distinct record_id), groupArray(day) from t'), [])
})

test('a query that keeps one of several must say which', () => {
  assert.match(faultsOf('select a from t limit 1 by a')[0] ?? '', /order by before it/)
  assert.match(faultsOf('select max(b) over (order by a) from t limit 1 by a')[0] ?? '', /order by before it/)
  assert.deepEqual(faultsOf('select a from t order by b desc, c limit 1 by a'), [])
})
