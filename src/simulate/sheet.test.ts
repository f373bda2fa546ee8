import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSheet } from './sheet.ts'

const end = Date.parse('2025-06-30T23:59:59Z') / 1_000
const write = (
  feed: string,
  columns: readonly [string, string, boolean][],
  rows: readonly Record<string, string | number | boolean | undefined>[],
) => {
  const file = join(mkdtempSync(join(tmpdir(), 'upstander-sheet-')), 'feed.csv')
  const sheet = openSheet({
    feed,
    file,
    end,
    from: end - 86_400,
    columns: columns.map(([name, type, required]) => ({ name, type, required })),
  })
  for (const row of rows) sheet.add(row)
  sheet.close()
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
}

test('what has not ended by the extract has no end, and what must have one is cut there', () => {
  const row = { from_at: end - 100, to_at: end + 100 }
  assert.deepEqual(
    write(
      'allocations',
      [
        ['from_at', 'datetime', true],
        ['to_at', 'datetime', false],
      ],
      [row],
    ),
    ['2025-06-30T23:58:19Z,'],
  )
  assert.deepEqual(
    write(
      'duties',
      [
        ['from_at', 'datetime', true],
        ['to_at', 'datetime', true],
      ],
      [row],
    ),
    ['2025-06-30T23:58:19Z,2025-06-30T23:59:59Z'],
  )
})

test('a row from after the extract or before the window is left out', () => {
  const columns: [string, string, boolean][] = [['at', 'datetime', true]]
  assert.deepEqual(write('billing', columns, [{ at: end + 1 }, { at: end - 86_401 }]), [])
})

test('a contact that is only written up after the extract is not there yet', () => {
  const columns: [string, string, boolean][] = [
    ['at', 'datetime', true],
    ['logged_at', 'datetime', true],
  ]
  assert.deepEqual(write('contact_log', columns, [{ at: end - 10, logged_at: end + 10 }]), [])
})

test('a plan may run past the extract', () => {
  const columns: [string, string, boolean][] = [
    ['from_at', 'datetime', true],
    ['to_at', 'datetime', false],
  ]
  assert.deepEqual(write('assignments', columns, [{ from_at: end - 1, to_at: end + 1 }]), [
    '2025-06-30T23:59:58Z,2025-07-01T00:00:00Z',
  ])
})

test('text with a comma or a quote is quoted; what is not known is empty', () => {
  const columns: [string, string, boolean][] = [
    ['text', 'string', true],
    ['known', 'boolean', false],
  ]
  assert.deepEqual(
    write('messages', columns, [{ text: 'He said "ok", then left' }, { text: 'fine', known: true }]),
    ['"He said ""ok"", then left",', 'fine,true'],
  )
})
