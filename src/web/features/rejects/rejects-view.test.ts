import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesView } from './files-view.ts'
import { rejectsCsv, rejectsView } from './rejects-view.ts'

const reject = {
  feed: 'billing',
  file: 'billing.csv',
  line: 7,
  field: 'at',
  value: '1 June',
  reason: 'Write times in UTC.',
  row: '{}',
  batch_id: 1,
}

test('PSE-01: how a rejected value is written is told, never what it says', () => {
  const csv = rejectsCsv([{ ...reject, value: '+44 7700 900123, Ängela O’Neill' }])
  assert.equal(
    csv.split('\r\n')[1],
    `billing,billing.csv,7,at,"'+99 9999 999999, Aaaaaa A’Aaaaa",Write times in UTC.`,
  )
})

test('a form that a spreadsheet would run is kept as text', () => {
  const csv = rejectsCsv([{ ...reject, value: '=HYPERLINK("http://x")' }])
  assert.equal(
    csv.split('\r\n')[1],
    `billing,billing.csv,7,at,"'=AAAAAAAAA(""aaaa://a"")",Write times in UTC.`,
  )
})

test('commas, quotes and line ends survive the CSV', () => {
  const [, line] = rejectsCsv([{ ...reject, value: 'a,"b"\nc' }]).split('\r\n')
  assert.equal(line, 'billing,billing.csv,7,at,"a,""a""\na",Write times in UTC.')
})

test('what most rows share is named first, and the filter stays in every link', () => {
  const group = {
    feed: 'billing',
    file: 'billing.csv',
    field: '',
    reason: 'Too few columns.',
    rows: 1_204,
    example: '',
  }
  const view = rejectsView({
    groups: [group],
    rows: [reject],
    feed: 'billing',
    feeds: ['billing', 'duties'],
    page: 2,
    refused: [],
    batches: [],
  })
  assert.equal(view.caption, '1,204 faults in 1 file.')
  assert.equal(view.groups[0]?.count, '1,204 rows')
  assert.equal(view.csvHref, '/records/rejects.csv?feed=billing')
  assert.equal(view.pages?.next?.href, '/records/rejects?feed=billing&page=3')
})

test('refused and landed files keep to the feed asked for, and say what intake did with their rows', () => {
  const batch = {
    batch_id: 1,
    feed: 'billing',
    file: 'billing.csv',
    sha256: '',
    bytes: 1,
    rows: 12,
    accepted: 10,
    rejected: 1,
    unchanged: 4,
    replaced: 1,
    repeated: 1,
    notes: ['It starts with a byte-order mark, which was skipped.'],
    started_at: '2025-06-01 02:00:00',
    committed_at: '2025-06-01 02:01:00',
    min_event_at: null,
    max_event_at: null,
  }
  const refused = {
    feed: 'duties',
    file: 'duties.csv',
    reason: 'It is empty.',
    refused_at: '2025-06-01 02:02:00',
  }
  const of = (feed: string | undefined) => filesView({ refused: [refused], batches: [batch] }, feed)
  assert.deepEqual(of(undefined).landed[0]?.notes, [
    '1 older row corrected.',
    '4 rows held already.',
    '1 row left out: a later line has the same key.',
    'It starts with a byte-order mark, which was skipped.',
  ])
  assert.equal(of('billing').refused.length, 0)
  assert.deepEqual([of('duties').landed.length, of('duties').refused[0]?.at], [0, '2025-06-01T02:02:00Z'])
})
