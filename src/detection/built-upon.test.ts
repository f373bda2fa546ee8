import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { builtUpon } from './built-upon.ts'
import { detect } from './detect.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { loadRecords } from './load-world.ts'
import { previewTuning } from './preview-tuning.ts'
import { tunedDeps } from './tuned-world.ts'
import { noChanges, withChanges, type TuningChanges } from './tunings.ts'

const indicators = readIndicators()
const indicatorOf = (id: string): Indicator => {
  const indicator = indicators.find(each => each.id === id)
  assert.ok(indicator)
  return indicator
}

let lake: Lake
before(async () => {
  lake = await openTestLake()
  // Forty texts in a day to somebody of whom the contact log, in which others write, says nothing.
  await loadRecords(lake, {
    day0: '2025-06-02',
    records: {
      staff: [{ staff_id: 'S1' }, { staff_id: 'S2' }],
      devices: [{ address: '+447700900001', staff_id: 'S1' }],
      people: [{ person_id: 'P1' }, { person_id: 'P2' }],
      person_numbers: [{ person_id: 'P1', number: '+447700900101' }],
      contact_log: [{ staff_id: 'S2', person_id: 'P2', at: 'D-5 10:00' }],
      billing: [
        {
          device_address: '+447700900001',
          other_address: '+447700900101',
          at: 'D0 08:00',
          repeat: 40,
          every: '20m',
        },
      ],
    },
  })
})
after(() => lake.close())

const scores = (table: string): Promise<object[]> =>
  lake.rows(`select staff_id, person_id, on_day, points, parts from upstander.${table} order by all`)

test('what builds upon an indicator is known from what it reads', () => {
  const upon = (id: string) => builtUpon(id, indicators).map(each => each.id)
  assert.deepEqual(upon('pair-volume'), ['contact-not-in-log'])
  assert.deepEqual(upon('untasked-home-stays'), ['many-vulnerable-people'])
  assert.deepEqual(upon('short-calls'), [])
})

test('a preview asks again what builds upon the draft, and shows what detection shows once it is published', async () => {
  const drafts: TuningChanges[] = [
    { ...noChanges, parameters: { min_contacts: 50 } },
    { ...noChanges, status: 'shadow' },
    { ...noChanges, weight: 0.5 },
  ]
  for (const [at, changes] of drafts.entries()) {
    await detect(tunedDeps(lake))
    const before = await scores('scores')
    await previewTuning(lake, withChanges(indicatorOf('pair-volume'), changes), { shards: 1, exceptions: [] })
    const preview = await scores('draft_scores')
    const tunings = [{ ...changes, indicator: 'pair-volume', edition: 1 }]
    await detect(tunedDeps(lake), { rules: { tunings, exceptions: [] } })
    const published = await scores('scores')
    assert.deepEqual(preview, published)
    assert.notDeepEqual(published, before)
    const [built] = await lake.rows<{ found: number }>(
      `select count() as found from upstander.findings where indicator = 'contact-not-in-log'`,
    )
    assert.equal(
      built?.found,
      at === 2 ? 1 : 0,
      'it falls with what it builds upon, whose weight it does not read',
    )
  }
})

test('one that measures everybody against the whole force is named and left as it was found', async () => {
  await detect(tunedDeps(lake))
  const draft = withChanges(indicatorOf('untasked-home-stays'), { ...noChanges, weight: 0.5 })
  const preview = await previewTuning(lake, draft, { shards: 1, exceptions: [] })
  assert.deepEqual(preview?.left, ['The same signs with many vulnerable people'])
})
