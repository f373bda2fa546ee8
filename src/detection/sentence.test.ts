import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIndicators } from './indicators.ts'
import { canBeSaid, figuresOf, saySentence } from './sentence.ts'

test('a figure is put where its name stands, a day and a large number in words', () => {
  assert.equal(
    saySentence('{count} contacts since {closed}; the norm is {norm}.', {
      count: '1204',
      closed: '2025-02-25',
      norm: '1.5',
    }),
    '1,204 contacts since 25 February 2025; the norm is 1.5.',
  )
})

test('one is said otherwise than many, and none is many unless it has words of its own', () => {
  const visits = (count: string) => saySentence('Visited {count:once|# times}.', { count })
  assert.deepEqual(['0', '1', '2'].map(visits), ['Visited 0 times.', 'Visited once.', 'Visited 2 times.'])
  const alone = (count: string) => saySentence('Visited{count:|, once alone|, # times alone}.', { count })
  assert.deepEqual(['0', '1', '2'].map(alone), [
    'Visited.',
    'Visited, once alone.',
    'Visited, 2 times alone.',
  ])
})

test('a sentence begins with a capital, also where a figure begins it', () => {
  assert.equal(saySentence('{count:one call|# calls}.', { count: '1' }), 'One call.')
})

test('a figure that the query did not give leaves nothing behind, least of all braces', () => {
  assert.equal(saySentence('Last on {last}.', {}), 'Last on .')
})

test('the names of the figures are found with and without forms', () => {
  assert.deepEqual(figuresOf('{count:once|# times} until {last}'), ['count', 'last'])
})

test('no account says "1 times", "1 calls" or the like of a single one, whatever the indicator', () => {
  const bad = readIndicators()
    .map(each =>
      saySentence(each.sentence, Object.fromEntries(figuresOf(each.sentence).map(name => [name, '1']))),
    )
    .filter(text => /\b1 \w+s\b/.test(text.replaceAll(/\b1 of\b|\bis 1\b/g, '')))
  assert.deepEqual(bad, [])
})

test('a figure within the words for another cannot be said, and a plain one can', () => {
  assert.equal(canBeSaid('{long:|, of # minutes, where {norm} are usual}.'), false)
  assert.equal(canBeSaid('{long:|, of # minutes}, where {norm} are usual.'), true)
})
