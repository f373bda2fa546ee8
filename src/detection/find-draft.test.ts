import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect, type DetectionRules } from './detect.ts'
import { setAsideExcepted, type Exception } from './exceptions.ts'
import { createFindingTables } from './finding-tables.ts'
import { findOne } from './findings.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { loadRecords } from './load-world.ts'
import { previewTuning } from './preview-tuning.ts'
import { beginRun } from './runs.ts'
import { tunedDeps, tunedWorld } from './tuned-world.ts'
import { noChanges, withChanges } from './tunings.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
})
after(() => lake.close())

const run = (rules: Partial<DetectionRules> = {}): Promise<unknown> =>
  detect(tunedDeps(lake), { rules: { tunings: [], exceptions: [], ...rules } })

const indicatorOf = (id: string): Indicator => {
  const indicator = readIndicators().find(each => each.id === id)
  assert.ok(indicator)
  return indicator
}

/** Everything a draft found, as texts. */
const drafted = async (): Promise<string[]> => {
  const rows = await lake.rows<object>(
    'select * from upstander.draft_own_findings order by staff_id, person_id, found_on, points, evidence',
  )
  return rows.map(row => JSON.stringify(row))
}

/** What a preview of a draft found, and how often it asked the indicator's own query. */
const previewed = async (
  draft: Indicator,
  given: { readonly exceptions?: readonly Exception[]; readonly unread?: readonly string[] } = {},
): Promise<{ found: string[]; asked: number }> => {
  const statements: string[] = []
  const counting: Lake = {
    ...lake,
    run: (sql, params) => {
      statements.push(sql)
      return lake.run(sql, params)
    },
  }
  await previewTuning(counting, draft, { shards: 1, exceptions: [], ...given })
  assert.ok(statements.length > 0)
  return { found: await drafted(), asked: statements.filter(sql => sql.includes(draft.query)).length }
}

const askedAgain = async (draft: Indicator, exceptions: readonly Exception[] = []): Promise<string[]> => {
  await createFindingTables(lake, ['draft_own_findings'])
  await findOne(lake, draft, 'draft_own_findings')
  await setAsideExcepted(lake, 'draft_own_findings', undefined, exceptions)
  return await drafted()
}

const exception: Exception = {
  id: 'X1',
  covers: { kind: 'pair', staffId: 'S1', personId: 'P1' },
  fromOn: '2025-06-01',
  untilOn: '2025-08-01',
}

test('a draft of the weight alone finds what asking again would find, and does not ask', async () => {
  await run()
  const finding = await lake.rows<{ id: string }>(
    `select distinct toString(indicator) as id from upstander.findings where unit != 'staff' order by id`,
  )
  assert.ok(finding.length >= 4)
  for (const { id } of finding) {
    const draft = withChanges(indicatorOf(id), { ...noChanges, weight: 0.7 })
    const { found, asked } = await previewed(draft)
    assert.equal(asked, 0, id)
    assert.ok(found.length > 0, id)
    assert.deepEqual(found, await askedAgain(draft), id)
  }
})

test('a draft of an indicator that builds on what others find reads what the last run found', async () => {
  const live = indicatorOf('off-duty-contact')
  const query = `select staff_id, person_id, found_on, 1 as points, count, first_at, last_at, evidence, detail
    from upstander.findings_next where indicator = '${live.id}' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}`
  for (const exceptions of [[], [exception]]) {
    await run({ exceptions })
    const { found } = await previewed({ ...live, query })
    const asked = await previewed(withChanges(live, { ...noChanges, weight: 0.7 }))
    assert.ok(found.length > 0)
    assert.equal(found.length, asked.found.length, 'as many as the last run found, set aside or not')
  }
})

test('what an exception set aside counts in the preview once the exception has gone, and the other way about', async () => {
  const draft = withChanges(indicatorOf('off-duty-contact'), { ...noChanges, weight: 2 })
  await run({ exceptions: [exception] })
  const without = await previewed(draft)
  assert.equal(without.asked, 0)
  assert.ok(without.found.length > 0)
  assert.deepEqual(without.found, await askedAgain(draft))
  await run()
  const withIt = await previewed(draft, { exceptions: [exception] })
  assert.equal(withIt.asked, 0)
  assert.ok(withIt.found.length < without.found.length)
  assert.deepEqual(withIt.found, await askedAgain(draft, [exception]))
})

test('a draft that takes an indicator out of shadow, or changes a published weight, is not asked again', async () => {
  const indicator = indicatorOf('off-duty-contact')
  for (const published of [
    { ...noChanges, status: 'shadow' as const },
    { ...noChanges, weight: 0.5 },
    { ...noChanges, weight: 0.7 },
  ]) {
    await run({ tunings: [{ ...published, indicator: indicator.id, edition: 1 }] })
    const draft = withChanges(indicator, { ...noChanges, weight: 0.7 })
    const { found, asked } = await previewed(draft)
    assert.equal(asked, 0)
    assert.ok(found.length > 0)
    assert.deepEqual(found, await askedAgain(draft))
  }
})

test('whatever could change the answer is asked again', async () => {
  const indicator = indicatorOf('short-calls')
  const draft = withChanges(indicator, { ...noChanges, weight: 2 })
  await run({ tunings: [{ ...noChanges, weight: 0.7, indicator: indicator.id, edition: 1 }] })
  assert.equal((await previewed(draft)).asked, 1, 'a weight that does not divide exactly')
  await run()
  assert.equal((await previewed(draft)).asked, 0)
  const other = withChanges(indicator, { ...noChanges, parameters: { min_calls: 3 } })
  assert.equal((await previewed(other)).asked, 1, 'another parameter')
  assert.equal((await previewed({ ...draft, query: `${draft.query} ` })).asked, 1, 'another query')
  assert.equal((await previewed(draft, { unread: ['messages'] })).asked, 1, 'other feeds may be read')
  await lake.insert('upstander.batches', [{ batch_id: 9_999 }])
  assert.equal((await previewed(draft)).asked, 1, 'records were taken in since')
  await run()
  assert.equal((await previewed(draft)).asked, 0)
  await beginRun(lake, tunedDeps(lake).clock, { throughBatch: 9_999, content: '' })
  assert.equal((await previewed(draft)).asked, 1, 'a run that never ended')
})
