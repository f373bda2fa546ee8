import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import { timelineScale } from './timeline-scale.ts'
import { spansOf } from './timeline-spans.ts'
import { timelineView } from './timeline-view.ts'

const contact = (at: string, rest: Partial<RecordedFact> = {}): RecordedFact => ({
  lane: 'contact',
  id: `billing:${at}`,
  at,
  explained: false,
  duty: 'off',
  text: 'Text sent',
  ...rest,
})

const drawn = (facts: RecordedFact[], rest: Partial<Parameters<typeof timelineView>[0]> = {}) =>
  timelineView({ facts, fromDay: '2026-06-01', toDay: '2026-06-30', reached: [], missing: {}, ...rest })

const laneOf = (view: ReturnType<typeof timelineView>, name: string) => {
  const lane = view.lanes.find(each => each.lane === name)
  assert.ok(lane)
  return lane
}

test('off duty, on duty and explained differ in row and shape, not only in tone', () => {
  const at = '2026-06-10T12:00:00Z'
  const marks = laneOf(
    drawn([contact(at), contact(at, { duty: 'on_duty' }), contact(at, { explained: true })]),
    'contact',
  ).marks
  assert.deepEqual(
    marks.map(mark => mark.kind),
    ['off', 'on', 'explained-off'],
  )
  assert.equal(new Set(marks.map(mark => mark.y)).size, 3)
})

test('contacts that would overlap are one mark with their number, and none is lost', () => {
  const facts = Array.from({ length: 540 }, (_, index) =>
    contact(new Date(Date.UTC(2026, 5, 1) + index * 3_600_000).toISOString()),
  )
  const { marks } = laneOf(drawn(facts), 'contact')
  assert.ok(marks.length < 40)
  assert.equal(
    marks.reduce((sum, mark) => sum + mark.count, 0),
    540,
  )
  const places = marks.map(mark => Number.parseFloat(mark.x))
  for (const [index, place] of places.slice(1).entries())
    assert.ok(place - (places[index] ?? 0) > 2.7, 'marks stand apart')
})

test('days that were not supplied are hatched, and an empty lane says so rather than "none"', () => {
  const lane = laneOf(drawn([], { missing: { contact: [['2026-06-10', '2026-06-12']] } }), 'contact')
  assert.deepEqual(lane.gaps, [{ x: '30%', width: '10%' }])
  assert.equal(lane.empty, 'not supplied')
  assert.equal(laneOf(drawn([]), 'stay').empty, 'none in these records')
})

test('the day a band was reached is marked, and a day outside the picture is not', () => {
  const view = drawn([], {
    reached: [
      { band: 'Watch', on: '2026-05-01' },
      { band: 'Review', on: '2026-06-16' },
    ],
  })
  assert.deepEqual(
    view.bands.map(band => [band.label, band.x]),
    [['reached Review, 16 June 2026', '51.67%']],
  )
})

test('a case that has not ended runs to the edge of the picture', () => {
  const open: RecordedFact = {
    lane: 'case',
    id: 'a:1',
    at: '2026-06-16T00:00:00Z',
    duty: '',
    text: 'Allocated',
  }
  assert.deepEqual(
    laneOf(drawn([open]), 'case').spans.map(span => [span.x, span.width]),
    [['50%', '50%']],
  )
})

test('the picture is also a sentence, for a reader who does not see it', () => {
  const { summary } = drawn([
    contact('2026-06-10T12:00:00Z'),
    contact('2026-06-11T12:00:00Z', { explained: true }),
  ])
  assert.match(summary, /1 June 2026 to 30 June 2026: 2 contacts, 1 unexplained; 0 stays/)
})

test('the axis has at most nine labels, however long the record', () => {
  for (const toDay of ['2026-06-01', '2026-06-08', '2026-07-30', '2027-12-31', '2031-06-01'])
    assert.ok(drawn([], { toDay }).ticks.length <= 9, toDay)
})

test('an absence is named in full where the words fit, in one word where only that does, and not at all where none do', () => {
  const scale = timelineScale('2026-01-01', '2026-01-30')
  const label = (until: string) =>
    spansOf(
      [
        {
          lane: 'duty',
          id: 'absences:1',
          at: '2026-01-02T00:00:00Z',
          until,
          duty: 'absent',
          text: 'Absent, annual leave',
        },
      ],
      scale,
      'duty',
    ).spans[0]?.label
  assert.equal(label('2026-01-20T00:00:00Z'), 'Absent, annual leave')
  assert.equal(label('2026-01-06T00:00:00Z'), 'Absent')
  assert.equal(label('2026-01-03T00:00:00Z'), '')
})

test('a sequence is drawn step by step above the rest, and a pair without one has no lane for it', () => {
  const step = (at: string, until: string, text: string): RecordedFact => ({
    lane: 'sequence',
    id: `contact-arc, ${text}`,
    at: `2026-06-${at}T00:00:00Z`,
    until: `2026-06-${until}T00:00:00Z`,
    duty: '',
    text,
  })
  const view = drawn([
    step('02', '05', 'Step 1: Met on duty'),
    step('05', '20', 'Step 2: 5 contacts off duty'),
  ])
  assert.equal(view.lanes[0]?.lane, 'sequence')
  assert.deepEqual(
    view.lanes[0].spans.map(span => [span.label, span.x, span.state]),
    [
      ['Step 1: Met on duty', '3.33%', 'sequence'],
      ['Step 2: 5 contacts off duty', '13.33%', 'sequence'],
    ],
  )
  assert.notEqual(view.lanes[0].spans[0]?.y, view.lanes[0].spans[1]?.y, 'their words stand apart')
  assert.ok(drawn([]).lanes.every(lane => lane.lane !== 'sequence'))
})

test('words at the right end of the picture stand to the left of their span, in a row of their own, and are not cut off', () => {
  const span = (at: string, until: string, text: string): RecordedFact => ({
    lane: 'sequence',
    id: text,
    at: `2026-06-${at}T00:00:00Z`,
    until: `2026-06-${until}T00:00:00Z`,
    duty: '',
    text,
  })
  const scale = timelineScale('2026-06-01', '2026-06-30')
  const [early, late] = spansOf(
    [
      span('10', '24', 'Step 3: Force phone silent'),
      span('28', '30', 'Step 4: Contact after the case closed'),
    ],
    scale,
    'sequence',
  ).spans
  assert.deepEqual([early?.anchor, early?.labelX], ['start', '30%'])
  assert.deepEqual([late?.anchor, late?.labelX], ['end', '96.67%'])
  assert.notEqual(early?.y, late?.y)
})
