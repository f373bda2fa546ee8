import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect } from './detect.ts'
import { loadRecords } from './load-world.ts'
import { sweepStaff } from './sweep.ts'

const stranger = '+447700900777'
const court = '+447700900888'
const texts = (other: string, at: string, repeat: number, staff = 1) => ({
  device_address: `+44770090000${staff}`,
  other_address: other,
  at,
  repeat,
  every: '1d',
})

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, {
    day0: '2025-06-02',
    records: {
      staff: [1, 2, 3, 4, 5].map(n => ({ staff_id: `S${n}` })),
      devices: [1, 2, 3, 4, 5].map(n => ({ address: `+44770090000${n}`, staff_id: `S${n}` })),
      people: [1, 2, 3, 4].map(n => ({ person_id: `P${n}` })),
      person_numbers: [1, 2, 3].map(n => ({ person_id: `P${n}`, number: `+44770090010${n}` })),
      person_flags: [{ person_id: 'P2', flag: 'domestic_abuse_victim', from_on: 'D-10' }],
      stops: [1, 2, 3, 4].map(n => ({ staff_id: 'S1', person_id: `P${n}`, at: 'D0 10:00' })),
      billing: [
        texts('+447700900101', 'D3 20:00', 6),
        texts('+447700900102', 'D3 21:00', 2),
        texts('+447700900103', 'D3 10:00', 1),
        texts(stranger, 'D4 20:00', 3),
        ...[1, 2, 3, 4, 5].map(n => texts(court, 'D5 20:00', 3, n)),
      ],
      system_access: [
        { staff_id: 'S1', subject_id: 'P2', at: 'D9 10:00' },
        { staff_id: 'S1', subject_id: 'P4', at: 'D9 11:00' },
      ],
    },
    rosters: [1, 2, 3, 4, 5].map(n => ({ staff_id: `S${n}`, from: 'D-20', to: 'D20', hours: '08:00-16:00' })),
  })
  await detect({ lake, clock: fixedClock('2025-06-30T06:00:00Z'), progress: silentProgress })
})
after(() => lake.close())

const about = { staffId: 'S1', personId: 'P1' }

test('a sweep lists others with the traces the concern rests on, and leaves the concern’s own person out', async () => {
  const { listed, people, numbers } = await sweepStaff(lake, about, {
    families: ['F1', 'F3'],
    indicators: ['off-duty-contact'],
  })
  assert.deepEqual([people, numbers], [3, 1])
  assert.deepEqual(
    listed.map(each => [each.party, each.traces, each.vulnerable]),
    [['P2', ['2 contacts off duty', 'One look-up with no recorded reason'], true]],
  )
})

test('numbers nobody has are searched too, and those that many staff ring are left out', async () => {
  const { listed, organisations } = await sweepStaff(lake, about, { families: ['F1'], indicators: [] })
  assert.equal(organisations, 1)
  assert.ok(listed.some(each => each.party === stranger && each.metOn === ''))
  assert.ok(listed.every(each => each.party !== court))
})

test('one kind of trace alone is counted and not listed, unless the method has no other', async () => {
  const both = await sweepStaff(lake, about, { families: ['F1', 'F3'], indicators: [] })
  assert.ok(both.listed.every(each => each.party !== 'P4'))
  assert.equal(both.oneTrace, 2, 'the look-up of P4 and the texts to the number')
  const one = await sweepStaff(lake, about, { families: ['F3'], indicators: [] })
  assert.deepEqual(
    one.listed.map(each => each.party),
    ['P2', 'P4'],
  )
})

test('somebody for whom one of the concern’s own indicators fired is listed first', async () => {
  const finding = {
    indicator: 'off-duty-contact',
    version: 1,
    family: 'F1',
    unit: 'pair',
    staff_id: 'S1',
    person_id: 'P3',
    found_on: '2025-06-10',
    points: 8,
    count: 4,
    first_at: '2025-06-05 20:00:00',
    last_at: '2025-06-09 20:00:00',
    evidence: [],
    detail: {},
    resolved_on: '2106-01-01',
  }
  await lake.insert('upstander.findings', [
    finding,
    // Of three points, as ordinary work leaves it: it lists nobody.
    { ...finding, person_id: 'P4', points: 3 },
  ])
  const { listed } = await sweepStaff(lake, about, {
    families: ['F1', 'F3'],
    indicators: ['off-duty-contact'],
  })
  assert.deepEqual(
    listed.map(each => each.party),
    ['P3', 'P2'],
  )
  assert.deepEqual(listed[0]?.same, ['off-duty-contact'])
})

test('a concern whose families leave no trace of their own sweeps for every trace', async () => {
  const { looksFor } = await sweepStaff(lake, about, { families: ['F6'], indicators: ['deletion-gap'] })
  assert.equal(looksFor.length, 7)
})

test('the method of a sequence is that of the families it is drawn from', async () => {
  const { listed, looksFor } = await sweepStaff(lake, about, {
    families: ['F10'],
    indicators: ['contact-arc'],
  })
  assert.equal(looksFor.length, 6, 'contact, location and look-ups, not language')
  assert.deepEqual(
    listed.map(each => each.party),
    ['P2'],
  )
})
