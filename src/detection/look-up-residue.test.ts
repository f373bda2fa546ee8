import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { countExplained, listUnexplained, postsInResidue, type ResidueFilter } from './look-up-residue.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: [{ staff_id: 'S1' }, { staff_id: 'S2' }, { staff_id: 'S3' }],
      postings: [{ staff_id: 'S1' }, { staff_id: 'S2', post: 'custody' }, { staff_id: 'S3', post: 'covert' }],
      people: [{ person_id: 'P1' }, { person_id: 'P2' }],
      system_access: [
        { access_id: 'sent', staff_id: 'S1', subject_id: 'P1', at: 'D0 12:00' },
        { access_id: 'met', staff_id: 'S1', subject_id: 'P1', at: 'D10 12:00', reason: 'update' },
        { access_id: 'at night', staff_id: 'S1', subject_id: 'P2', at: 'D11 23:00' },
        { access_id: 'custody', staff_id: 'S2', subject_id: 'P2', at: 'D12 12:00' },
        { access_id: 'covert', staff_id: 'S3', subject_id: 'P2', at: 'D12 12:00' },
        { access_id: 'long ago', staff_id: 'S1', subject_id: 'P2', at: 'D-60 12:00' },
      ],
    },
    rosters: ['S1', 'S2'].map(staff => ({ staff_id: staff, from: 'D-70', to: 'D20', hours: '08:00-16:00' })),
    attended: [{ incident_id: 'I1', staff: ['S1'], person_id: 'P1', at: 'D0 10:00' }],
  })
})
after(() => lake.close())

const list = async (filter: Partial<ResidueFilter> = {}, page = { limit: 50, offset: 0 }) => {
  const { total, rows } = await listUnexplained(
    lake,
    { days: 28, kind: 'all', post: undefined, without: { staffIds: [], personIds: [] }, ...filter },
    page,
  )
  return { total, keys: rows.map(row => row.recordId.slice('system_access:'.length)), rows }
}

test('look-ups that no record explains are listed newest first, and posts handled elsewhere are not', async () => {
  assert.deepEqual((await list()).keys, ['custody', 'at night', 'met'])
})

test('each says what was typed, whether they had met, and what was opened', async () => {
  const { rows } = await list({ kind: 'met' })
  assert.deepEqual(
    rows.map(({ at, reason, met, via, dutyState, quoted }) => ({ at, reason, met, via, dutyState, quoted })),
    [
      {
        at: '2025-06-12T12:00:00Z',
        reason: 'update',
        met: true,
        via: 'person',
        dutyState: 'on_duty',
        quoted: false,
      },
    ],
  )
})

test('the list keeps to a post, to those off duty, and to the days asked for', async () => {
  assert.deepEqual((await list({ post: 'custody' })).keys, ['custody'])
  assert.deepEqual((await list({ kind: 'off_duty' })).keys, ['at night'])
  assert.deepEqual((await list({ days: 90 })).keys, ['custody', 'at night', 'met', 'long ago'])
})

test('a page holds its part of the list and knows how long the whole is', async () => {
  const { total, keys } = await list({}, { limit: 1, offset: 1 })
  assert.equal(total, 3)
  assert.deepEqual(keys, ['at night'])
})

test('what explains the others is counted, the residue among it', async () => {
  assert.deepEqual(await countExplained(lake, 28), [
    { because: '', look_ups: 4 },
    { because: 'attendance', look_ups: 1 },
  ])
  assert.deepEqual(await postsInResidue(lake, 1), ['covert', 'custody', 'response'])
})
