import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openIntakeRoom, type IntakeRoom } from '../../tests/support/intake-room.ts'

const header = 'record_id,device_address,other_address,direction,kind,at,duration_s\n'
const call = (id: string, seconds: number | '', at = '2025-05-01T10:00:00Z'): string =>
  `${id},+447700900001,+447700900002,out,voice,${at},${seconds}\n`

const calls = (room: IntakeRoom): Promise<unknown[]> =>
  room.lake.rows('select record_id, duration_s, batch_id from upstander.billing order by record_id')
const superseded = (
  room: IntakeRoom,
): Promise<{ key: string; row: string; replaced_by: number; batch_id: number }[]> =>
  room.lake.rows('select key, row, replaced_by, batch_id from upstander.superseded order by key, batch_id')

test('the same file twice changes nothing, not even under another name', async () => {
  const room = await openIntakeRoom()
  await room.takeOne('billing.csv', header + call('A', 1) + call('B', 2))
  const before = await calls(room)
  const again = await room.takeOne('billing-copy.csv', header + call('A', 1) + call('B', 2))
  assert.deepEqual([again.landed.length, again.known[0]?.batchId], [0, 1])
  assert.deepEqual(await calls(room), before)
  await room.close()
})

test('a corrected row replaces the old one by its key, and the old version is kept', async () => {
  const room = await openIntakeRoom()
  await room.takeOne('billing.csv', header + call('A', 1) + call('B', '') + call('C', 3))
  const report = await room.takeOne(
    'billing.csv',
    header + call('B', 20, '2025-05-02T10:00:00Z') + call('C', 3) + call('D', 4),
  )
  const batch = report.landed[0]
  assert.deepEqual([batch?.rows, batch?.accepted, batch?.unchanged, batch?.replaced], [3, 3, 1, 1])
  assert.deepEqual(await calls(room), [
    { record_id: 'A', duration_s: 1, batch_id: 1 },
    { record_id: 'B', duration_s: 20, batch_id: 2 },
    { record_id: 'C', duration_s: 3, batch_id: 1 },
    { record_id: 'D', duration_s: 4, batch_id: 2 },
  ])
  const [old] = await superseded(room)
  assert.deepEqual([old?.key, old?.replaced_by, old?.batch_id], ['B', 2, 1])
  assert.equal((JSON.parse(old?.row ?? '{}') as { duration_s: unknown }).duration_s, null)
  // The event of the old version counts too: what rested on it must be worked out again.
  assert.deepEqual([batch?.min_event_at, batch?.max_event_at], ['2025-05-01 10:00:00', '2025-05-02 10:00:00'])
  await room.close()
})

test('a file whose rows are all there already changes nothing and moves no event', async () => {
  const room = await openIntakeRoom()
  await room.takeOne('billing.csv', header + call('A', 1) + call('B', 2))
  const before = await calls(room)
  const batch = (await room.takeOne('billing.csv', header + call('B', 2))).landed[0]
  assert.deepEqual([batch?.accepted, batch?.unchanged, batch?.replaced, batch?.min_event_at], [1, 1, 0, null])
  assert.deepEqual(await calls(room), before)
  await room.close()
})

test('of rows with one key in a file the last stands, and the earlier ones are kept and counted', async () => {
  const room = await openIntakeRoom()
  const batch = (
    await room.takeOne(
      'billing.csv',
      header + call('A', 1) + call('A', 2) + call('B', 5) + call('A', 3) + call('A', 3),
    )
  ).landed[0]
  assert.deepEqual([batch?.rows, batch?.accepted, batch?.repeated], [5, 2, 3])
  assert.deepEqual(await calls(room), [
    { record_id: 'A', duration_s: 3, batch_id: 1 },
    { record_id: 'B', duration_s: 5, batch_id: 1 },
  ])
  assert.deepEqual(
    (await superseded(room)).map(({ key }) => key),
    ['A', 'A'],
  )
  await room.close()
})

test('overlapping extracts of positions come to the same as one', async () => {
  const room = await openIntakeRoom()
  const fixes = (from: number, to: number): string =>
    `unit_id,at,lat,lon\n${Array.from({ length: to - from }, (_, i) => `V${(from + i) % 3},2025-05-01T10:${String(Math.floor((from + i) / 3)).padStart(2, '0')}:00Z,51.5,-0.1\n`).join('')}`
  await room.takeOne('positions.csv', fixes(0, 60))
  const second = await room.takeOne('positions.csv', fixes(30, 90))
  assert.deepEqual([second.landed[0]?.unchanged, second.landed[0]?.replaced], [30, 0])
  assert.deepEqual(
    await room.lake.rows('select count() as rows, uniqExact(unit_id, at) as fixes from upstander.positions'),
    [{ rows: 90, fixes: 90 }],
  )
  await room.close()
})

test('taking an old file in again does not undo the correction that came after it', async () => {
  const room = await openIntakeRoom()
  await room.takeOne('billing.csv', header + call('A', 1))
  await room.takeOne('billing.csv', header + call('A', 2))
  await room.takeOne('billing.csv', header + call('A', 1))
  assert.deepEqual(await calls(room), [{ record_id: 'A', duration_s: 2, batch_id: 2 }])
  await room.close()
})

test('a rejected row leaves the list when its file is supplied again, mended', async () => {
  const room = await openIntakeRoom()
  await room.takeOne('billing.csv', header + call('A', 1) + call('', 2))
  assert.equal((await room.rejects()).length, 1)
  await room.takeOne('billing.csv', header + call('A', 1) + call('B', 2))
  assert.deepEqual(await room.rejects(), [])
  await room.close()
})
