import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openIntakeRoom } from '../../tests/support/intake-room.ts'
import { deliveriesOf, readIntakes } from './intakes.ts'

const file = (started: string, committed: string) => ({
  started_at: `2025-06-01 ${started}`,
  committed_at: `2025-06-01 ${committed}`,
  rows: 10,
  rejected: 1,
})

test('files that follow each other are one delivery, a later one is another, the newest first', () => {
  const [later, first] = deliveriesOf(
    [file('09:00:00', '09:05:00'), file('02:04:00', '02:10:00'), file('02:00:00', '02:03:00')],
    [{ refused_at: '2025-06-01 02:11:00' }],
  )
  assert.deepEqual(later, {
    startedAt: '2025-06-01T09:00:00Z',
    endedAt: '2025-06-01T09:05:00Z',
    files: 1,
    rows: 10,
    rejected: 1,
    refused: 0,
  })
  assert.deepEqual([first?.files, first?.rows, first?.rejected, first?.refused], [2, 20, 2, 1])
  assert.equal(first?.endedAt, '2025-06-01T02:11:00Z')
})

test('a delivery of which every file was refused is a delivery all the same', async () => {
  const room = await openIntakeRoom()
  room.put('billing.csv', 'colour\nred\n')
  await room.take()
  const [only] = await readIntakes(room.lake)
  assert.deepEqual([only?.files, only?.refused], [0, 1])
  await room.close()
})
