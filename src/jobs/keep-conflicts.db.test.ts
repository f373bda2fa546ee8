import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { onEachStore } from '../casework-store/test-stores.ts'
import { fixedClock } from '../core/clock.ts'
import { readFeeds } from '../intake/feeds.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { keepConflicts } from './keep-conflicts.ts'

let lake: Lake
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-conflicts-'))
const clock = fixedClock('2026-06-08T09:00:00Z')

const person = (staff_id: string, about: object = {}) => ({
  staff_id,
  role: 'officer',
  joined_on: '2010-01-01',
  ...about,
})
const posted = (staff_id: string, team: string, from_on: string, to_on: string | null) => ({
  staff_id,
  post: 'response',
  team,
  from_on,
  to_on,
})
const crewed = (staff_id: string, start_at: string, end_at: string) => ({
  unit_id: 'CAR1',
  staff_id,
  start_at,
  end_at,
})

before(async () => {
  lake = await openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 1_000, lakeThreads: 1 })
  await createFeedTables(lake, readFeeds().feeds)
  await lake.insert('upstander.staff', [
    person('PC1', { supervisor_id: 'SGT', personal_number: '+447700900001' }),
    person('PC2', { personal_email: 'Two@Example.uk' }),
    person('PC3'),
    person('PC4'),
    person('SGT', { supervisor_id: 'SGT' }),
  ])
  await lake.insert('upstander.postings', [
    posted('PC1', 'A', '2015-01-01', '2018-12-31'),
    posted('PC2', 'A', '2016-01-01', '2018-12-31'),
    posted('PC1', 'B', '2022-01-01', null),
    posted('PC3', 'B', '2025-01-01', null),
    posted('PC4', 'B', '2019-01-01', '2021-12-31'),
  ])
  await lake.insert('upstander.crewing', [
    crewed('PC1', '2026-05-01 22:00:00', '2026-05-02 06:00:00'),
    crewed('PC4', '2026-05-02 05:00:00', '2026-05-02 13:00:00'),
    crewed('PC2', '2026-05-02 13:30:00', '2026-05-02 20:00:00'),
  ])
  await lake.insert('upstander.person_numbers', [
    { person_id: 'P1', number: '+447700900001', from_on: '2020-01-01' },
    { person_id: 'P2', number: 'two@example.uk', from_on: '2020-01-01' },
  ])
  await lake.insert('upstander.person_relations', [
    { person_id: 'P1', related_person_id: 'P9', kind: 'ex_partner' },
    { person_id: 'P8', related_person_id: 'P1', kind: 'parent' },
  ])
  await lake.insert('upstander.disclosures', [
    {
      disclosure_id: 'D1',
      staff_id: 'PC3',
      kind: 'new_partner',
      declared_at: '2026-01-01 09:00:00',
      person_id: 'P2',
    },
    {
      disclosure_id: 'D2',
      staff_id: 'PC4',
      kind: 'approach_by_member_of_public',
      declared_at: '2026-01-01 09:00:00',
      person_id: 'P7',
    },
  ])
})

after(async () => {
  await lake.close()
  rmSync(dataDir, { recursive: true, force: true })
})

onEachStore(store => {
  const links = async () =>
    (
      await store()
        .db.selectFrom('staff_links')
        .selectAll()
        .orderBy('staff_id')
        .orderBy('other_staff_id')
        .orderBy('person_id')
        .execute()
    ).map(row => `${row.staff_id} ${row.kind} ${row.other_staff_id}${row.person_id} (${row.source})`)

  test('the records say who is close to whom: line, teams and crews in the window, what was declared, family', async () => {
    await keepConflicts({ lake, store: store(), clock })
    assert.deepEqual(await links(), [
      'PC1 self P1 (person_numbers)',
      'PC1 family P8 (person_relations)',
      'PC1 partner P9 (person_relations)',
      'PC1 colleague PC3 (postings:B)',
      'PC1 colleague PC4 (crewing)',
      'PC2 self P2 (person_numbers)',
      'PC3 partner P2 (disclosures:D1)',
      'SGT supervises PC1 (staff:PC1)',
    ])
  })

  test('a longer window finds those who were posted together long ago, and a shorter one later takes nobody away', async () => {
    const found = await keepConflicts({ lake, store: store(), clock }, 15 * 365)
    assert.equal(found.links, 1)
    assert.ok((await links()).includes('PC1 colleague PC2 (postings:A)'))
    assert.deepEqual(await keepConflicts({ lake, store: store(), clock }, 1), { links: 0, exclusions: 0 })
    assert.ok((await links()).includes('PC1 colleague PC2 (postings:A)'))
  })
})
