import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { declaredRows } from './declared-view.ts'

const fact = (lane: Lane, at: string, rest: Partial<RecordedFact> = {}): RecordedFact => ({
  lane,
  id: `${lane}:${at}`,
  at: `2025-06-${at}:00Z`,
  duty: '',
  text: lane,
  ...rest,
})

test('what was declared stands beside what the records show up to it and after it', () => {
  const rows = declaredRows([
    fact('contact', '02T10:00', { explained: true }),
    fact('contact', '03T10:00'),
    fact('stay', '04T10:00'),
    fact('stay', '05T10:00'),
    fact('declared', '06T10:00', {
      text: 'Declared a conflict of interest about this person, 1 contact',
      said: 1,
    }),
    fact('look-up', '07T10:00'),
  ])
  assert.deepEqual(rows, [
    {
      when: '6 June 2025, 11:00',
      what: 'Declared a conflict of interest about this person, 1 contact',
      before:
        '2 calls and messages, 1 with no recorded reason; 2 stops near an address of theirs, 2 with no recorded reason',
      after: '1 look-up, 1 with no recorded reason',
    },
  ])
})

test('a pair of whom nothing was declared has nothing to set beside', () => {
  assert.deepEqual(declaredRows([fact('contact', '02T10:00')]), [])
})
