import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { createFactTables } from './build-facts.ts'
import { openTestLake } from './built-world.ts'
import { readOwnLookUps, type UnitMember } from './own-look-ups.ts'

let lake: Lake

const member: UnitMember = {
  staffId: 'S1',
  people: [
    { personId: 'P-SELF', kind: 'self' },
    { personId: 'P-PARTNER', kind: 'partner' },
  ],
}

const access = (access_id: string, subject_kind: string, subject_id: string, staff_id = 'S1') => ({
  access_id,
  staff_id,
  at: '2026-05-10 10:00:00',
  system: 'RMS',
  action: 'search',
  subject_kind,
  subject_id,
})

const lookUp = (record_id: string, person_id: string, staff_id = 'S1') => ({
  record_id,
  staff_id,
  person_id,
  via: 'person',
  at: '2026-05-11 10:00:00',
  action: 'view',
})

before(async () => {
  lake = await openTestLake()
})
after(() => lake.close())

test('where nothing was taken in, nobody looked anything up', async () => {
  assert.deepEqual(await readOwnLookUps(lake, [member], '2026-05-01'), [])
})

test('own id, number, address, self and those close are noticed; other people, other staff and earlier days are not', async () => {
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
  await lake.insert('upstander.staff', [
    {
      staff_id: 'S1',
      role: 'officer',
      joined_on: '2020-01-01',
      home_lat: 51.5,
      home_lon: -0.12,
      personal_number: '+447700900777',
    },
    { staff_id: 'S2', role: 'officer', joined_on: '2020-01-01' },
  ])
  await lake.insert('upstander.system_access', [
    access('A1', 'number', '+447700900777'),
    access('A2', 'criteria', 'surname of s1 2026'),
    access('A3', 'address', '51.50001 -0.12002'),
    access('A4', 'address', '51.51000 -0.12002'),
    access('A5', 'number', '+447700900777', 'S2'),
    { ...access('A6', 'number', '+447700900777'), at: '2026-03-10 10:00:00' },
  ])
  await lake.insert('upstander.lookups', [
    lookUp('system_access:B1', 'P-SELF'),
    lookUp('system_access:B2', 'P-PARTNER'),
    lookUp('system_access:B3', 'P-OTHER'),
    lookUp('system_access:B4', 'P-PARTNER', 'S2'),
  ])
  const found = await readOwnLookUps(lake, [member, { staffId: 'S2', people: [] }], '2026-05-01')
  assert.deepEqual(found.map(each => [each.staffId, each.of, each.records.toSorted()]).toSorted(), [
    ['S1', 'address', ['system_access:A3']],
    ['S1', 'close', ['system_access:B2']],
    ['S1', 'self', ['system_access:A1', 'system_access:A2', 'system_access:B1']],
  ])
})
