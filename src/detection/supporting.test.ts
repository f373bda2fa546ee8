import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import { readSettings } from '../core/settings.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { creditAll, findAll } from './findings.ts'
import { readIndicators } from './indicators.ts'
import { scorePairs } from './score-pairs.ts'

let lake: Lake
before(async () => {
  const settings = readSettings(
    { UPSTANDER_LAKE_THREADS: '1' },
    { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) },
  )
  lake = await openLake(settings)
  await createFeedTables(lake, readFeeds().feeds)
  await buildFacts({ lake, progress: silentProgress })
  await creditAll({ lake, progress: silentProgress })
  await findAll({ lake, progress: silentProgress })
})
after(() => lake.close())

const supporting = readIndicators().find(each => each.number === 37)
const idOf = (family: string, unit: string): string =>
  readIndicators().find(each => each.family === family && each.unit === unit && !each.supporting)?.id ?? ''

type Found = {
  readonly indicator: string
  readonly family: string
  readonly unit?: string
  readonly points: number
}

/** Points and band of a pair in which just this was found, on one day. */
const scoreOf = async (found: readonly Found[]): Promise<string> => {
  await lake.run('truncate table upstander.findings')
  await lake.insert(
    'upstander.findings',
    found.map(({ unit = 'pair', ...each }) => ({
      ...each,
      unit,
      version: 1,
      staff_id: unit === 'person' ? '' : 'S1',
      person_id: unit === 'staff' ? '' : 'P1',
      found_on: '2025-06-02',
      count: 1,
      first_at: '2025-06-02 10:00:00',
      last_at: '2025-06-02 10:00:00',
      evidence: [],
      detail: {},
      resolved_on: '2106-01-01',
    })),
  )
  await scorePairs(lake, { extraDays: [] })
  const [row] = await lake.rows<{ said: string }>(
    `select concat(toString(points), ' ', band) as said from upstander.scores where staff_id = 'S1' and person_id = 'P1'`,
  )
  return row?.said ?? 'not scored'
}

const heard = { indicator: supporting?.id ?? '', family: supporting?.family ?? '', points: 12 }
const vulnerable = { indicator: idOf('F9', 'person'), family: 'F9', unit: 'person', points: 5 }
const offDuty = { indicator: idOf('F1', 'pair'), family: 'F1', points: 8 }
const written = { indicator: idOf('F5', 'pair'), family: 'F5', points: 12 }

test('what a machine heard never brings a pair into a band by itself, whoever the person is', async () => {
  assert.equal(supporting?.supporting, true)
  assert.equal(await scoreOf([heard]), '0 none')
  assert.equal(await scoreOf([heard, vulnerable]), '0 none')
})

test('nor does it with less beside it than the matrix asks of a pair, so that what is weak alone stays weak', async () => {
  assert.equal(await scoreOf([heard, vulnerable, { ...offDuty, points: 4 }]), '4 none')
})

test('once other records give the pair enough of its own, what was heard counts in full', async () => {
  assert.equal(await scoreOf([offDuty, vulnerable]), '13 watch')
  assert.equal(await scoreOf([heard, offDuty, vulnerable]), '25 develop')
})

test('beside the same words in writing it counts as the second of its family, no more', async () => {
  assert.equal(await scoreOf([written]), '12 none')
  assert.equal(await scoreOf([written, heard]), '15 watch')
})

test('it is not one of the sources whose agreement is worth more', async () => {
  const stay = { indicator: idOf('F2', 'pair'), family: 'F2', points: 9 }
  assert.equal(await scoreOf([offDuty, stay, heard]), '29 develop')
  assert.equal(await scoreOf([offDuty, stay, written]), '32 priority')
})
