import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneStanding } from '../../../../tests/support/staff-app.ts'
import { readWebContent } from '../../content.ts'
import { nextStepsView } from './next-steps-view.ts'

const { matrix, indicators } = readWebContent()
const stepOf = (id: string): string | undefined => indicators.find(each => each.id === id)?.review_steps[0]

const part = (...found: readonly (readonly [string, number])[]) => ({
  ...(oneStanding.parts[0] ?? assert.fail('no part')),
  indicators: found.map(([id, points]) => ({
    id,
    version: 1,
    title: id,
    points,
    sentence: '',
    evidence: [],
    lastOn: '2026-06-05',
  })),
})

const untold = {
  id: 'with-colleague',
  title: 'With a colleague',
  question: 'Was it made with a colleague?',
  result: 'cannot_tell' as const,
  says: '',
  records: [],
  settledBy: { record: 'the crewing sheet', owner: 'duty management' },
}

test('first what the band asks for, then the checks of the strongest findings, then the record that would settle the rest', () => {
  const next = nextStepsView({
    concern: {
      band: 'review',
      status: 'to_review',
      parts: [part(['after-closure', 2], ['pair-volume', 9])],
    },
    matrix,
    indicators,
    explanations: [untold],
  })
  assert.ok(next !== undefined)
  assert.equal(next.action, matrix.bands.find(each => each.band === 'review')?.action)
  assert.deepEqual(next.checks, [
    stepOf('pair-volume'),
    stepOf('after-closure'),
    'Ask duty management for the crewing sheet.',
  ])
})

test('a closed concern asks for nothing', () => {
  assert.equal(
    nextStepsView({
      concern: { band: 'review', status: 'closed', parts: [] },
      matrix,
      indicators,
      explanations: [],
    }),
    undefined,
  )
})
