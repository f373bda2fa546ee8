import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openLake, type Lake } from '../lake/lake.ts'
import { readCredits } from './credits.ts'
import { readExplanations } from './explanations.ts'
import { readTestedExplanations } from './tested-explanations.ts'

let lake: Lake
const book = readExplanations(readCredits())

before(async () => {
  lake = await openLake({
    dataDir: mkdtempSync(join(tmpdir(), 'upstander-')),
    clickhouseUrl: undefined,
    lakeMemoryMb: 1_000,
    lakeThreads: 1,
  })
})

after(() => lake.close())

const asked = {
  staffId: 'S1',
  personId: 'P1',
  families: ['F2'],
  indicators: ['carried-away', 'solo-return'],
  from: '2026-06-01',
  to: '2026-06-30',
  missingFeeds: new Set(['crewing']),
}

const resultsOf = async (personId = 'P1') =>
  Object.fromEntries(
    (await readTestedExplanations(lake, book, { ...asked, personId })).map(each => [each.id, each]),
  )

test('before anything was detected nothing is found, and what lacks its records cannot be told', async () => {
  const results = await resultsOf()
  assert.equal(results['lives-nearby']?.result, 'not_found')
  assert.equal(results['double-crewed']?.result, 'cannot_tell')
  assert.match(results['double-crewed'].says, /^Not supplied for all of these days: crewing\.$/)
})

test('each says which record would settle it, and who answers for that record', async () => {
  assert.deepEqual((await resultsOf())['lives-nearby']?.settledBy, {
    record: 'the home address, and any second one',
    owner: 'human resources',
  })
})

test('what no record can show is "cannot tell" however much is supplied', async () => {
  const lift = (await resultsOf())['lift-given']
  assert.deepEqual(
    [lift?.result, lift?.says],
    ['cannot_tell', 'No record that is supplied here can show it.'],
  )
})

test('an explanation is asked only where an indicator that counts names it', async () => {
  const results = await resultsOf()
  assert.ok(results['somebody-else-had-the-vehicle'])
  assert.equal(results['warm-writer'], undefined)
})

test('what is asked of a pair cannot be told of a member of staff alone', async () => {
  assert.match((await resultsOf(''))['on-camera']?.says ?? '', /with one person only/)
})

test('an explanation counts for the families it belongs to, and no other', async () => {
  assert.equal((await resultsOf())['officer-in-charge'], undefined)
})

test('a credit of these days is found with its record; one of other days or another pair is not', async () => {
  await lake.run(`create table upstander.credits (credit LowCardinality(String), family LowCardinality(String), staff_id String,
    person_id String, from_on Date, to_on Date, points Float64, record_id String) engine = MergeTree order by staff_id`)
  const credit = { family: 'F2', staff_id: 'S1', person_id: 'P1', points: -7 }
  await lake.insert('upstander.credits', [
    { ...credit, credit: 'lives-nearby', from_on: '2026-01-01', to_on: '2105-01-01', record_id: 'staff:S1' },
    {
      ...credit,
      credit: 'engagement-plan',
      from_on: '2026-01-01',
      to_on: '2026-02-01',
      record_id: 'assignments:X',
    },
    {
      ...credit,
      credit: 'recorded-role',
      from_on: '2026-01-01',
      to_on: '2026-06-20',
      record_id: 'assignments:Y',
    },
    {
      ...credit,
      credit: 'declared-before',
      from_on: '2026-06-01',
      to_on: '2026-06-30',
      record_id: 'd:1',
      person_id: 'P2',
    },
  ])
  const results = await resultsOf()
  assert.deepEqual(
    [results['lives-nearby']?.result, results['lives-nearby']?.records],
    ['found', ['staff:S1']],
  )
  assert.equal(results['engagement-plan']?.result, 'not_found')
  assert.equal(results['recorded-role']?.says, 'Had a recorded role with this person, until 2026-06-20')
  assert.equal(results['declared-before']?.result, 'not_found')
  assert.equal(
    Object.values(results)
      .map(each => each.result === 'found')
      .indexOf(false),
    2,
    'what was found comes first',
  )
})
