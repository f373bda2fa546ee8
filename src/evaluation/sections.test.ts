import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disparity } from './disparity-section.ts'
import type { Figure } from './figure.ts'
import { missed } from './missed-section.ts'
import { calibration, footnotes, precision } from './precision-sections.ts'
import { recall, rightPerson, workload } from './recall-sections.ts'
import { falseByRole } from './role-section.ts'
import { measureSections, type SectionPlan } from './section-plan.ts'
import type { Setting } from './setting.ts'
import { settingOf } from './test-setting.ts'
import { stability, timing } from './timing-sections.ts'

const quiet = Array.from({ length: 194 }, (_, at) => ({ id: `Q${String(at)}` }))

/** Two hundred staff: four offend, of whom one is dark; one innocent in a role of much contact is reviewed. */
const force = settingOf([
  {
    id: 'phone',
    offences: [
      {
        person_id: 'V1',
        first_improper_on: '2025-06-05',
        first_trace_on: '2025-06-06',
        came_to_light_on: '2025-08-10',
        channel: 'work_first',
        style: 'predatory',
      },
      { person_id: 'V2', first_improper_on: '2025-06-20', channel: 'work_first', style: 'predatory' },
    ],
    pairs: [
      ['V1', ['2025-06-08', 14], ['2025-06-11', 25]],
      ['V2', ['2025-06-25', 15]],
    ],
    monthly: [25, 25],
  },
  {
    id: 'stranger',
    offences: [
      {
        person_id: 'V3',
        first_improper_on: '2025-06-10',
        came_to_light_on: '2025-06-12',
        channel: 'visits_led',
      },
    ],
    // Named before it began, and again about somebody else afterwards.
    pairs: [
      ['X1', ['2025-06-02', 18]],
      ['X2', ['2025-06-20', 19]],
    ],
    monthly: [19, 0],
  },
  {
    id: 'unseen',
    offences: [{ person_id: 'V4', first_improper_on: '2025-06-03', channel: 'personal_only' }],
    monthly: [0, 0],
  },
  { id: 'dark', offences: [{ person_id: 'V5', first_improper_on: '2025-06-03', dark: true }] },
  { id: 'liaison', roles: ['family liaison'], pairs: [['X3', ['2025-06-09', 17.5]]], monthly: [0, 17.5] },
  { id: 'patient', roles: ['soit'], pairs: [['X4', ['2025-06-09', 13.5]]], monthly: [13, 13] },
  ...quiet,
])

const measured = (plan: (setting: Setting) => SectionPlan, setting: Setting = force) => {
  const [section] = measureSections([plan(setting)], setting.subjects.length, { seed: 1, times: 200 })
  assert.ok(section)
  return (row: string, column: string): Figure => {
    const at = section.columns.findIndex(each => each.key === column)
    const cell = section.rows.find(each => each.key === row)?.cells[at]
    assert.ok(cell, `${row} ${column}`)
    return cell
  }
}

test('an offender is found by a review of a victim, or of anybody after they began', () => {
  const found = measured(recall)
  assert.deepEqual([found('all', 'review').count, found('all', 'review').of], [2, 4])
  assert.deepEqual([found('visible', 'review').count, found('visible', 'review').of], [2, 3])
  assert.equal(found('work_phone', 'review').value, 1)
  assert.equal(found('dark', 'review').value, 0)
  assert.equal(found('style_predatory', 'review').value, 1)
})

test('a review after the day on which it came to light is no lead', () => {
  const found = measured(recall)
  assert.equal(found('work_phone', 'before_light').count, 1)
  assert.equal(found('visits', 'before_light').count, 0)
})

test('an offender missed is told by what the records hold of them', () => {
  const offences = [{ person_id: 'V', first_improper_on: '2025-06-05' }]
  const trails = {
    several: { events: 9, unexplained: 5, families: 2 },
    one: { events: 9, unexplained: 0, families: 1 },
    unnoticed: { events: 9, unexplained: 1, families: 0 },
    explained: { events: 9, unexplained: 0, families: 0 },
    nothing: { events: 0, unexplained: 0, families: 0 },
  }
  const made = Object.entries(trails).map(([id, trail]) => ({ id, offences, trail }))
  const found = { id: 'found', offences, trail: trails.several, pairs: [['V', ['2025-06-08', 17]]] as const }
  const dark = { id: 'dark', offences: [{ ...offences[0], dark: true }], trail: trails.nothing }
  const told = measured(missed, settingOf([...made, found, dark, ...quiet]))
  assert.deepEqual([told('all', 'visible').count, told('all', 'visible').of], [5, 6])
  for (const key of Object.keys(trails))
    assert.deepEqual([told(key, 'missed').count, told(key, 'missed').of], [1, 5], key)
})

test('new reviews are counted per 1,000 staff and 30 days, and the budget takes the highest pairs', () => {
  const found = measured(workload)
  // Four pairs reach review in a force of 200: V1, X1, X2 and X3.
  assert.equal(found('review', 'new_reviews').value, 20)
  // X1 came before the offender began, and X3 is innocent.
  assert.equal(found('review', 'false_reviews').value, 10)
  // Five per 1,000 is one review: the highest pair of all.
  assert.equal(found('budget', 'points').value, 25)
  assert.equal(found('budget', 'recall_visible').count, 1)
  assert.equal(found('false_budget', 'points').value, 18)
})

test('precision tells pairs from staff, and falls where fewer offend', () => {
  const found = measured(precision)
  assert.deepEqual([found('review_or_above', 'pairs').count, found('review_or_above', 'pairs').of], [2, 4])
  assert.deepEqual([found('review_or_above', 'staff').count, found('review_or_above', 'staff').of], [2, 3])
  assert.equal(found('develop', 'staff').value, 1)
  // Half of four offenders and 1.5 of 197 others at review: 0.002 x 0.5 / (0.002 x 0.5 + 0.998 x 1.5 / 197).
  assert.equal(found('review_or_above', 'at_2').value, 0.1163)
})

test('innocent staff reviewed are told for each legitimate role and for everybody else', () => {
  const found = measured(falseByRole)
  assert.equal(found('any_role', 'review').value, 0.5)
  assert.equal(found('family liaison', 'review').value, 1)
  assert.deepEqual([found('soit', 'review').value, found('soit', 'watch').value], [0, 1])
  assert.deepEqual([found('ordinary', 'review').count, found('ordinary', 'review').of], [0, 194])
})

test('days to review count from the first trace, and one never found counts against the shares', () => {
  const found = measured(timing)
  // V1: 6 to 11 June; the stranger: 10 to 20 June, the review of 2 June being about nothing yet.
  assert.equal(found('median', 'days').value, 5)
  assert.deepEqual([found('within_7', 'share').count, found('within_7', 'share').of], [1, 3])
  assert.deepEqual([found('within_14', 'share').count, found('within_14', 'share').of], [2, 3])
  assert.deepEqual([found('lead_30', 'share').count, found('lead_30', 'share').of], [1, 2])
})

test('the right person is named where a review is about a victim', () => {
  const found = measured(rightPerson)
  assert.deepEqual([found('first', 'share').count, found('first', 'share').of], [1, 2])
  assert.deepEqual([found('victims', 'share').count, found('victims', 'share').of], [1, 4])
})

test('the list is as steady as the share of staff on it at both month ends', () => {
  const { subjects, ...rest } = force
  const found = measured(stability, { ...rest, subjects, months: 2 })
  // phone and patient stay, stranger goes, liaison comes.
  assert.equal(found('top_30', 'jaccard').value, 0.5)
})

test('calibration sets what the points promise beside who offends; the area under the curve is one half for chance', () => {
  const found = measured(calibration)
  assert.equal(found('develop', 'observed').value, 1)
  // 25 points over 1 in 999: 316 to 999.
  assert.equal(found('develop', 'promised').value, 0.2404)
  const chance = settingOf([{ id: 'a', offences: [{}] }, { id: 'b' }])
  assert.equal(measured(footnotes, chance)('auc', 'value').value, 0.5)
})

test('a group whose innocent staff are reviewed twice as often is flagged, and told from chance', () => {
  const staff = (sex: string, reviewed: number, of: number) =>
    Array.from({ length: of }, (_, at) => ({
      id: `${sex}${String(at)}`,
      groups: { sex, post: at === 0 ? 'lone post' : 'response' },
      pairs: at < reviewed ? [['X', ['2025-06-03', 18]] as const] : [],
    }))
  const remarksOf = (setting: Setting) => {
    const [section] = measureSections([disparity(setting)], setting.subjects.length, { seed: 1, times: 500 })
    return Object.fromEntries((section?.rows ?? []).map(row => [row.key, row.remark ?? '']))
  }
  const many = remarksOf(settingOf([...staff('female', 120, 1_000), ...staff('male', 60, 1_000)]))
  assert.match(many['sex:female'] ?? '', /review: outside, beyond chance/)
  const few = remarksOf(settingOf([...staff('female', 4, 30), ...staff('male', 0, 30)]))
  assert.match(few['sex:female'] ?? '', /review: outside, may be chance/)
  const even = remarksOf(settingOf([...staff('female', 60, 1_000), ...staff('male', 60, 1_000)]))
  assert.equal(even['sex:female'], '')
  assert.deepEqual(
    Object.keys(even).filter(key => key.includes('lone')),
    [],
    'a group of two is not shown',
  )
})
