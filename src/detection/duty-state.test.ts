import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const look = (staff: string, times: readonly string[]) =>
    times.map(at => ({ access_id: `${staff} ${at}`, staff_id: staff, subject_id: 'P1', at }))
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      duties: [
        { staff_id: 'rostered', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'ill', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'called in', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'called in', kind: 'recalled', start_at: 'D0 12:00', end_at: 'D0 13:00' },
        { staff_id: 'on call', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'on call', kind: 'on_call', start_at: 'D0 14:00', end_at: 'D1 06:00' },
        { staff_id: 'on a course', start_at: 'D-1 08:00', end_at: 'D-1 16:00' },
        { staff_id: 'on a course while rostered', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'back to back', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { staff_id: 'back to back', kind: 'overtime', start_at: 'D0 16:00', end_at: 'D0 20:00' },
      ],
      absences: [
        { staff_id: 'ill', kind: 'sick', start_at: 'D0 00:00', end_at: 'D2 00:00' },
        { staff_id: 'called in', kind: 'annual_leave', start_at: 'D0 00:00', end_at: 'D2 00:00' },
        { staff_id: 'on a course', kind: 'training', start_at: 'D0 09:00', end_at: 'D0 17:00' },
        {
          staff_id: 'on a course while rostered',
          kind: 'training',
          start_at: 'D0 09:00',
          end_at: 'D0 17:00',
        },
      ],
      system_access: [
        ...look('rostered', [
          'D-1 12:00',
          'D0 06:59',
          'D0 07:00',
          'D0 16:59',
          'D0 17:00',
          'D28 17:00',
          'D28 17:01',
        ]),
        ...look('ill', ['D0 12:00', 'D2 12:00']),
        ...look('called in', ['D0 10:59', 'D0 11:30', 'D0 14:00']),
        ...look('on call', ['D0 15:00', 'D0 18:00', 'D1 05:59', 'D1 06:00']),
        ...look('on a course', ['D0 12:00']),
        ...look('on a course while rostered', ['D0 12:00']),
        ...look('back to back', ['D0 16:30', 'D0 20:30']),
        ...look('no roster', ['D0 12:00']),
      ],
    },
  })
})
after(() => lake.close())

/** State and reason of a look-up made at that moment. */
const at = async (staff: string, moment: string): Promise<string> => {
  const [row] = await lake.rows<{ state: string }>(
    `select trim(concat(duty_state, ' ', duty_reason)) as state from upstander.lookups where record_id = {id:String}`,
    { id: `system_access:${staff} ${moment}` },
  )
  return row?.state ?? 'no look-up'
}

test('a roster holds from an hour before to an hour after', async () => {
  assert.equal(await at('rostered', 'D0 07:00'), 'on_duty rostered')
  assert.equal(await at('rostered', 'D0 16:59'), 'on_duty rostered')
  assert.equal(await at('rostered', 'D0 17:00'), 'off')
})

test('before the first duty on record, and four weeks after the last, duty is not known', async () => {
  assert.equal(await at('rostered', 'D-1 12:00'), 'not_known')
  assert.equal(await at('rostered', 'D0 06:59'), 'not_known')
  assert.equal(await at('rostered', 'D28 17:00'), 'off')
  assert.equal(await at('rostered', 'D28 17:01'), 'not_known')
  assert.equal(await at('no roster', 'D0 12:00'), 'not_known')
})

test('sickness beats the roster, which nobody rewrites, and says why', async () => {
  assert.equal(await at('ill', 'D0 12:00'), 'absent sick')
  assert.equal(await at('ill', 'D2 12:00'), 'off')
})

test('a recall beats leave while it lasts and for its hour of grace', async () => {
  assert.equal(await at('called in', 'D0 10:59'), 'absent annual_leave')
  assert.equal(await at('called in', 'D0 11:30'), 'on_duty recalled')
  assert.equal(await at('called in', 'D0 14:00'), 'absent annual_leave')
})

test('duty beats on call, and on call has no grace', async () => {
  assert.equal(await at('on call', 'D0 15:00'), 'on_duty rostered')
  assert.equal(await at('on call', 'D0 18:00'), 'on_call on_call')
  assert.equal(await at('on call', 'D1 05:59'), 'on_call on_call')
  assert.equal(await at('on call', 'D1 06:00'), 'off')
})

test('a course is an absence, and the roster beats it', async () => {
  assert.equal(await at('on a course', 'D0 12:00'), 'absent training')
  assert.equal(await at('on a course while rostered', 'D0 12:00'), 'on_duty rostered')
})

test('overtime that follows a duty carries on from it', async () => {
  assert.equal(await at('back to back', 'D0 16:30'), 'on_duty overtime')
  assert.equal(await at('back to back', 'D0 20:30'), 'on_duty overtime')
})

test('the spans of one member of staff never overlap, and each names its record', async () => {
  const rows = await lake.rows<{ staff_id: string; start_at: string; end_at: string; record_id: string }>(
    'select staff_id, toString(start_at) as start_at, toString(end_at) as end_at, record_id from upstander.duty_states order by staff_id, start_at',
  )
  assert.ok(rows.length > 10)
  for (const [n, row] of rows.entries()) {
    assert.match(row.record_id, /^(duties|absences):/)
    const next = rows[n + 1]
    if (next?.staff_id === row.staff_id) assert.ok(next.start_at >= row.end_at)
  }
})
