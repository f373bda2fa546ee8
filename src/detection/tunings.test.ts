import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect, type DetectionRules } from './detect.ts'
import { readIndicators } from './indicators.ts'
import { loadRecords } from './load-world.ts'
import { previewTuning } from './preview-tuning.ts'
import { readStandings } from './standing.ts'
import { tunedDeps, tunedWorld } from './tuned-world.ts'
import { changesThatDoNotFit, noChanges, withChanges, type Tuning } from './tunings.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
})
after(() => lake.close())

const run = (...tunings: Tuning[]): Promise<unknown> => {
  const rules: DetectionRules = { tunings, exceptions: [] }
  return detect(tunedDeps(lake), { rules })
}

type Found = { person: string; points: number; version: number; edition: number }
const found = (id: string, table = 'findings'): Promise<Found[]> =>
  lake.rows(
    `select person_id as person, points, version, edition from upstander.${table} where indicator = {id:String} order by found_on`,
    { id },
  )

const indicatorOf = (id: string) => {
  const indicator = readIndicators().find(each => each.id === id)
  assert.ok(indicator)
  return indicator
}

/** Every score that counts, as one text. */
const scores = async (table: string): Promise<string[]> => {
  const rows = await lake.rows<{ line: string }>(
    `select concat(toString(on_day), ' ', staff_id, ' ', person_id, ' ', toString(points), ' ', parts) as line from upstander.${table} order by line`,
  )
  return rows.map(row => row.line)
}

test('a published change is laid over the content, and findings quote its edition beside the version', async () => {
  await run()
  const [plain] = await found('short-calls')
  assert.deepEqual([plain?.points, plain?.edition], [4, 0])
  await run({
    ...noChanges,
    indicator: 'short-calls',
    edition: 3,
    weight: 0.5,
    parameters: { min_calls: 10 },
  })
  const tuned = await found('short-calls')
  assert.deepEqual(
    [tuned.length, tuned[0]?.points, tuned[0]?.version, tuned[0]?.edition],
    [3, 2, plain?.version, 3],
  )
  const standings = await readStandings(lake)
  const quoted = standings.flatMap(each => each.parts).flatMap(part => part.indicators)
  assert.ok(quoted.length > 0)
  for (const each of quoted) assert.equal(each.edition, each.id === 'short-calls' ? 3 : 0, each.id)
})

test('an indicator in shadow runs and adds no points', async () => {
  await run()
  const live = await found('off-duty-contact')
  const before = await scores('scores')
  await run({ ...noChanges, indicator: 'off-duty-contact', edition: 1, status: 'shadow' })
  assert.deepEqual(await found('off-duty-contact'), [])
  assert.equal((await found('off-duty-contact', 'shadow_findings')).length, live.length)
  const after = await scores('scores')
  assert.notDeepEqual(after, before)
  assert.ok(after.every(line => !line.includes('off-duty-contact')))
})

test('a preview shows exactly what detection shows once the draft is published, and changes nothing by itself', async () => {
  const drafts = [
    { id: 'off-duty-contact', changes: { ...noChanges, status: 'shadow' as const } },
    { id: 'short-calls', changes: { ...noChanges, parameters: { min_calls: 3 }, weight: 2 } },
    { id: 'vulnerable-person', changes: { ...noChanges, weight: 0.5 } },
    { id: 'untasked-home-stays', changes: { ...noChanges, parameters: { min_stays: 5 } } },
  ]
  for (const { id, changes } of drafts) {
    await run()
    const counted = await scores('scores')
    const preview = await previewTuning(lake, withChanges(indicatorOf(id), changes), {
      shards: 2,
      exceptions: [],
    })
    assert.ok(preview)
    assert.deepEqual(await scores('scores'), counted, `${id}: a preview changes nothing`)
    const draft = await scores('draft_scores')
    const touched = await lake.rows<{ staff_id: string }>('select staff_id from upstander.draft_touched')
    assert.ok(touched.length > 0, id)
    await run({ ...changes, indicator: id, edition: 1 })
    const published = await scores('scores')
    const own = published.filter(line => touched.some(({ staff_id }) => line.split(' ')[1] === staff_id))
    assert.deepEqual(draft, own, id)
    const others = (lines: string[]) =>
      lines.filter(line => touched.every(({ staff_id }) => line.split(' ')[1] !== staff_id))
    assert.deepEqual(others(published), others(counted), `${id}: nobody else's score changes`)
  }
})

test('a preview says who is raised and who dropped, and in which week', async () => {
  await run()
  const review = await readStandings(lake)
  const top = review[0]
  assert.ok(top)
  const draft = withChanges(indicatorOf('off-duty-contact'), { ...noChanges, status: 'shadow' })
  const preview = await previewTuning(lake, draft, { shards: 1, exceptions: [] })
  const pair = preview?.changed.find(each => each.staffId === top.staffId)
  assert.deepEqual([pair?.bandBefore, pair?.pointsBefore], [top.band, top.points])
  assert.ok(pair && pair.pointsAfter < pair.pointsBefore && pair.bandAfter !== pair.bandBefore)
  assert.equal(preview?.staffCount, 3)
  assert.deepEqual(
    preview.weeks.map(({ weekOf, before }) => [weekOf, before]),
    [['2025-06-09', 1]],
  )
})

test('a change of a parameter that the content no longer has, or has as another type, does nothing and is told', () => {
  const indicator = indicatorOf('short-calls')
  const changes = { ...noChanges, parameters: { gone: 3, min_calls: 'ten' } }
  assert.deepEqual(withChanges(indicator, changes).parameters, indicator.parameters)
  assert.deepEqual(changesThatDoNotFit(indicator, changes), ['gone', 'min_calls'])
})

test('what the content retired, no change brings back', () => {
  const retired = { ...indicatorOf('short-calls'), status: 'retired' as const }
  assert.equal(withChanges(retired, { ...noChanges, status: 'live' }).status, 'retired')
})
