import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedClock } from '../core/clock.ts'
import { openIntakeRoom, type IntakeRoom } from '../../tests/support/intake-room.ts'
import { readCoverage, staffCoverage } from './coverage.ts'

const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
  )

/** Thirteen weeks from Monday 3 March 2025: two officers with a telephone each, one of them crewed on a van every day. */
const supply = async (
  room: IntakeRoom,
  callDays: readonly string[],
  ownDays: readonly string[],
): Promise<void> => {
  const all = days('2025-03-03', 91)
  const rows = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`
  room.put('staff.csv', rows('staff_id,role,joined_on', ['S1,officer,2020-01-01', 'S2,officer,2020-01-01']))
  room.put(
    'devices.csv',
    rows('device_id,kind,address,staff_id,from_at', [
      'D1,mobile,+441,S1,2025-01-01T00:00:00Z',
      'D2,mobile,+442,S2,2025-01-01T00:00:00Z',
    ]),
  )
  room.put(
    'duties.csv',
    rows(
      'duty_id,staff_id,start_at,end_at,kind',
      all.map((day, i) => `U${i},S1,${day}T08:00:00Z,${day}T16:00:00Z,rostered`),
    ),
  )
  room.put(
    'crewing.csv',
    rows(
      'unit_id,staff_id,start_at,end_at',
      all.map(day => `V1,S1,${day}T08:00:00Z,${day}T16:00:00Z`),
    ),
  )
  room.put(
    'positions.csv',
    rows(
      'unit_id,at,lat,lon',
      all.map(day => `V1,${day}T09:00:00Z,51.5,-0.1`),
    ),
  )
  room.put(
    'billing.csv',
    rows('record_id,device_address,other_address,direction,kind,at', [
      ...callDays.map((day, i) => `A${i},+442,+449,out,sms,${day}T12:00:00Z`),
      ...ownDays.map((day, i) => `B${i},+441,+449,out,sms,${day}T12:00:00Z`),
    ]),
  )
  await room.take()
}

const feed = <T extends { feed: string }>(rows: readonly T[], name: string): T => {
  const row = rows.find(candidate => candidate.feed === name)
  assert.ok(row)
  return row
}

test('a feed that stops while others go on is silent after three of its usual gaps, and not before', async () => {
  const room = await openIntakeRoom()
  await supply(room, days('2025-03-03', 87), [])
  const billing = feed(await readCoverage(room.lake), 'billing')
  assert.deepEqual([billing.firstAt, billing.lastAt, billing.usualGapHours], ['2025-03-03', '2025-05-28', 24])
  // The newest fix is from 1 June at 9: 81 hours after the end of 28 May.
  assert.deepEqual([billing.silent, billing.silentForHours], [true, 81])
  assert.equal(feed(await readCoverage(room.lake), 'positions').silent, false)
  await room.close()
})

test('a feed two days behind is not silent yet; a feed never supplied is not silent but empty', async () => {
  const room = await openIntakeRoom()
  await supply(room, days('2025-03-03', 88), [])
  const coverage = await readCoverage(room.lake)
  assert.equal(feed(coverage, 'billing').silent, false)
  assert.deepEqual([feed(coverage, 'messages').rows, feed(coverage, 'messages').silent], [0, false])
  assert.equal(feed(coverage, 'staff').rows, 2)
  await room.close()
})

test('judged against the clock, a force whose every feed stopped is noticed', async () => {
  const room = await openIntakeRoom()
  await supply(room, days('2025-03-03', 91), [])
  assert.equal(feed(await readCoverage(room.lake), 'billing').silent, false)
  const later = await readCoverage(room.lake, { clock: fixedClock('2025-06-20T00:00:00Z') })
  assert.deepEqual([feed(later, 'billing').silent, feed(later, 'positions').silent], [true, true])
  await room.close()
})

test('days that a feed as a whole lacks are missing for everybody', async () => {
  const room = await openIntakeRoom()
  const all = days('2025-03-03', 91)
  const without = all.filter(day => day < '2025-04-01' || day > '2025-04-10')
  await supply(room, without, without)
  const billing = feed(await staffCoverage(room.lake, 'S1', '2025-03-10', '2025-05-20'), 'billing')
  assert.deepEqual(billing, { feed: 'billing', held: true, missing: [['2025-04-01', '2025-04-10']] })
  const elsewhere = feed(await staffCoverage(room.lake, 'S1', '2025-05-01', '2025-05-20'), 'billing')
  assert.deepEqual(elsewhere.missing, [])
  await room.close()
})

test('weeks on duty without a single row of one person, in a feed that has others, are missing for that person alone', async () => {
  const room = await openIntakeRoom()
  const all = days('2025-03-03', 91)
  await supply(
    room,
    all,
    all.filter(day => day < '2025-04-07' || day > '2025-05-11'),
  )
  const own = feed(await staffCoverage(room.lake, 'S1', '2025-03-03', '2025-06-01'), 'billing')
  assert.deepEqual(own.missing, [['2025-04-07', '2025-05-11']])
  assert.deepEqual(
    feed(await staffCoverage(room.lake, 'S2', '2025-03-03', '2025-06-01'), 'billing').missing,
    [],
  )
  await room.close()
})

test('positions are held for whoever was crewed, and for nobody else', async () => {
  const room = await openIntakeRoom()
  await supply(room, days('2025-03-03', 91), [])
  assert.equal(feed(await staffCoverage(room.lake, 'S1', '2025-03-03', '2025-06-01'), 'positions').held, true)
  const other = feed(await staffCoverage(room.lake, 'S2', '2025-03-03', '2025-06-01'), 'positions')
  assert.deepEqual(other, { feed: 'positions', held: false, missing: [['2025-03-03', '2025-06-01']] })
  await room.close()
})

test('a feed about what lasts is not silent, however long ago its newest row began', async () => {
  const room = await openIntakeRoom()
  const months = Array.from({ length: 12 }, (_, i) => `2023-${String(i + 1).padStart(2, '0')}-01T00:00:00Z`)
  room.put(
    'devices.csv',
    [
      'device_id,kind,address,staff_id,from_at',
      ...months.map((at, i) => `D${i},mobile,+44${i},S1,${at}`),
    ].join('\n') + '\n',
  )
  room.put(
    'complaints.csv',
    [
      'complaint_id,staff_id,received_on,category',
      ...months.map((at, i) => `C${i},S1,${at.slice(0, 10)},other`),
    ].join('\n') + '\n',
  )
  room.put('positions.csv', 'unit_id,at,lat,lon\nV1,2025-05-01T09:00:00Z,51.5,-0.1\n')
  await room.take()
  const coverage = await readCoverage(room.lake)
  const { silent, lastAt } = feed(coverage, 'devices')
  assert.deepEqual([silent, lastAt], [false, '2023-12-01'])
  assert.equal(feed(coverage, 'complaints').silent, true, 'one about events is, on the same days')
  await room.close()
})
