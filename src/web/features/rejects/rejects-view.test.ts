import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('a value that a spreadsheet would run is kept as text', () => {
  const csv = rejectsCsv([{ ...reject, value: '=HYPERLINK("http://x")' }])
  assert.equal(
    csv.split('\r\n')[1],
    `billing,billing.csv,7,at,"'=HYPERLINK(""http://x"")",Write times in UTC.`,
  )
})

test('commas, quotes and line ends survive the CSV', () => {
  const [, line] = rejectsCsv([{ ...reject, value: 'a,"b"\nc' }]).split('\r\n')
  assert.equal(line, 'billing,billing.csv,7,at,"a,""b""\nc",Write times in UTC.')
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
  })
  assert.equal(view.caption, '1,204 faults in 1 file.')
  assert.equal(view.groups[0]?.count, '1,204 rows')
  assert.equal(view.csvHref, '/records/rejects.csv?feed=billing')
  assert.equal(view.pages?.next?.href, '/records/rejects?feed=billing&page=3')
})
