import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverageView } from './coverage-of.ts'
import { scoredFeeds } from './scored-feeds.ts'

const whole = scoredFeeds.map(({ feed }) => ({ feed, held: true, missing: [] }))

test('when every feed is held for every day, the page says so in one line', () => {
  const view = coverageView(whole)
  assert.deepEqual([view.held, view.of, view.missingFeeds.size], [8, 8, 0])
  assert.match(view.summary, /^All 8 feeds/)
})

test('days that are missing are named, and hatched in their lane', () => {
  const view = coverageView(
    whole.map(each =>
      each.feed === 'billing' ? { ...each, missing: [['2026-06-21', '2026-06-24'] as const] } : each,
    ),
  )
  assert.equal(view.held, 7)
  assert.equal(view.feeds.find(each => !each.held)?.words, 'missing 21 Jun to 24 Jun')
  assert.deepEqual(view.missing.contact, [['2026-06-21', '2026-06-24']])
  assert.ok(view.missingFeeds.has('billing'))
})

test('a feed that holds nothing about them is not read as nothing happened', () => {
  const view = coverageView([])
  assert.equal(view.held, 0)
  assert.match(view.summary, /counts neither for nor against anybody/)
  assert.ok(view.feeds.every(each => each.words === 'nothing supplied about them'))
})
