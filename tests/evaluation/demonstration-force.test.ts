import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fixedClock } from '../../src/core/clock.ts'
import { silentProgress } from '../../src/core/progress.ts'
import { readSettings } from '../../src/core/settings.ts'
import { detect } from '../../src/detection/detect.ts'
import { evaluate } from '../../src/evaluation/evaluate.ts'
import type { Evaluation, Figure } from '../../src/evaluation/figure.ts'
import { evaluationText } from '../../src/evaluation/figure-text.ts'
import { readTruth } from '../../src/evaluation/read-truth.ts'
import { readSetting } from '../../src/evaluation/setting.ts'
import { tellWho } from '../../src/evaluation/who.ts'
import { monthEnds, windowOf } from '../../src/evaluation/window.ts'
import { createFeedTables } from '../../src/intake/feed-tables.ts'
import { readFeeds } from '../../src/intake/feeds.ts'
import { intakeFolder } from '../../src/intake/intake-folder.ts'
import { openLake, type Lake } from '../../src/lake/lake.ts'
import { grantUnmask, requestUnmask } from '../../src/concerns/unmask.ts'
import { openRequests } from '../../src/concerns/unmask-store.ts'
import { listConcerns } from '../../src/concerns/list-concerns.ts'
import { recordDisposition } from '../../src/concerns/record-disposition.ts'
import { authorise } from '../../src/concerns/test-authorisation.ts'
import { canary, plantCanaries, rewriteFeed } from '../support/canaries.ts'
import { openForceApp } from '../support/force-app.ts'
import { namedIn, readRoster } from '../support/roster.ts'
import { sentTo } from '../support/sent-to.ts'
import { simulateForce } from '../../src/simulate/simulate-force.ts'

const folder = mkdtempSync(join(tmpdir(), 'upstander-evaluation-'))
const out = join(folder, 'force')
const deps = (of: Lake) => ({ lake: of, clock: fixedClock('2025-07-01T06:00:00Z'), progress: silentProgress })

let lake: Lake
let evaluation: Evaluation
let who: string

before(async () => {
  simulateForce({ progress: silentProgress }, { out, staff: 70, days: 40, seed: 3, end: '2025-06-30' })
  lake = await openLake(readSettings({ UPSTANDER_LAKE_THREADS: '1' }, { dataDir: folder }))
  await createFeedTables(lake, readFeeds().feeds)
  await intakeFolder(deps(lake), out)
  const truth = await readTruth(lake, out)
  const setting = await readSetting(deps(lake), truth)
  who = await tellWho(lake, setting)
  const on = deps(lake).clock.now()
  evaluation = evaluate(setting, { name: 'A demonstration force of 70 staff and 40 days', on })
})
after(async () => {
  await lake.close()
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(evaluationText(evaluation))
})

const figure = (section: string, row: string, column: string): Figure => {
  const found = evaluation.sections.find(each => each.key === section)
  const at = found?.columns.findIndex(each => each.key === column) ?? -1
  const cell = found?.rows.find(each => each.key === row)?.cells[at]
  assert.ok(cell, `${section} ${row} ${column}`)
  return cell
}

test('every section of the evaluation has rows, and no figure lies outside its interval', () => {
  for (const { key, rows } of evaluation.sections) {
    assert.notEqual(rows.length, 0, key)
    for (const { label, cells } of rows)
      for (const { value, low, high } of cells)
        if (value !== null && low !== null && high !== null)
          assert.ok(
            low <= value && value <= high,
            `${key}: ${label} ${String(low)} ${String(value)} ${String(high)}`,
          )
  }
})

// The force is small and of one make: these hold a broken detection off, and say nothing of how good a sound one is.
test('detection is better than chance, and most innocent staff in roles of much contact are left in peace', () => {
  assert.ok((figure('footnotes', 'auc', 'value').value ?? 0) > 0.5)
  assert.ok((figure('false_by_role', 'any_role', 'review').value ?? 1) < 0.25)
  assert.ok((figure('false_by_role', 'ordinary', 'review').value ?? 1) < 0.1)
})

test('an offender of whom no record shows anything is not found by naming their victim', () => {
  const dark = figure('recall', 'dark', 'review')
  assert.ok((dark.of ?? 0) > 0)
  assert.ok((dark.value ?? 0) < 1)
})

test('every offender is told with what their best pair rests on, and the figures name nobody', () => {
  const offenders = who.slice(0, who.indexOf('Innocent')).match(/^ {2}\S+: (found|missed)/gm) ?? []
  assert.equal(offenders.length, evaluation.about.offenders)
  for (const [, staff = ''] of who.matchAll(/^ {2}(\S+):/gm))
    assert.ok(!JSON.stringify(evaluation).includes(staff), staff)
})

/** What tells two runs of detection apart. The order of evidence does not: it follows the order in which records were read. */
const tables = {
  findings: 'indicator, staff_id, person_id, found_on, points, count, arraySort(evidence)',
  credits: '*',
  scores: 'staff_id, person_id, on_day, points, band',
} as const

/** A fingerprint of what detection wrote, table by table. */
const written = async (): Promise<string[]> =>
  Promise.all(
    Object.entries(tables).map(async ([table, columns]) => {
      const [row] = await lake.rows<{ rows: number; hash: string }>(
        `select count() as rows, toString(sum(sipHash64(toJSONString(tuple(${columns}))))) as hash from upstander.${table}`,
      )
      assert.notEqual(row?.rows, 0, `${table} has rows`)
      return `${table} ${String(row?.rows)} ${String(row?.hash)}`
    }),
  )

test('PSE-01: with everybody masked, not one identity of the force is in any byte that an analyst is sent', async () => {
  const clock = deps(lake).clock
  await plantCanaries(lake)
  const { to } = await windowOf(lake)
  const force = await openForceApp(lake, { dataDir: folder, clock, lastDay: to })
  try {
    const roster = await readRoster(lake)
    const [analyst, head] = [await force.join('analyst'), await force.join('head_of_unit')]
    const investigator = await force.join('investigator')
    const { concerns } = await listConcerns(force.deps, analyst.user, { status: 'all', pageSize: 3 })
    const [concern] = concerns
    assert.ok(concern !== undefined && roster.size > 1_000)
    const reason = canary.text
    await requestUnmask(force.deps, investigator.user, concern.ref, { reason })
    await recordDisposition(force.deps, investigator.user, concern.ref, { kind: 'develop', reason })
    const footing = { fromOn: '2025-05-01', toOn: to, necessity: reason, proportionality: reason }
    const pair = { asker: investigator.user, approver: head.user }
    await authorise(force.deps, pair, concern.ref, 'message_content', footing)
    let files = 0
    for (const { visitor } of [analyst, head]) {
      const told = await sentTo(
        visitor,
        concerns.map(each => `/concerns/${each.ref}`),
      )
      for (const { url, text } of told) {
        assert.deepEqual(namedIn(text, roster), [], url)
        assert.deepEqual(
          canary.secrets.filter(secret => text.includes(secret)),
          [],
          url,
        )
        files += Number(/\.(pdf|csv)$/.test(url))
      }
    }
    assert.ok(files >= 4)
    // What is looked for can be found: the same page names them once they are unmasked.
    const [request] = await openRequests(force.deps.store.db, concern.ref)
    await grantUnmask(force.deps, head.user, request?.id ?? '')
    const { body } = await investigator.visitor.get(`/concerns/${concern.ref}`)
    assert.ok(namedIn(body, roster).length >= 2)
  } finally {
    await force.close()
  }
})

test('with the equality feed gone, and age, sex, role, rank and service scrambled, detection finds and scores the same', async () => {
  const window = await windowOf(lake)
  const again = { full: true, extraDays: [window.from, ...monthEnds(window)] }
  await detect(deps(lake), again)
  const before = await written()
  await lake.run('drop table upstander.staff_equality')
  await rewriteFeed(
    lake,
    'people',
    `1930 + cityHash64(person_id) % 80 as birth_year, if(sex = 'male', 'female', 'male') as sex`,
  )
  await rewriteFeed(
    lake,
    'staff',
    `'contractor' as role, concat('rank ', toString(cityHash64(staff_id) % 9)) as rank,
     toDate32('1990-01-01') + cityHash64(staff_id) % 12000 as joined_on`,
  )
  await detect(deps(lake), again)
  assert.deepEqual(await written(), before)
})
