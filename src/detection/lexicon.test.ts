import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { lexiconFamilies, lexiconParameters, readLexicon, readLexiconOf } from './lexicon.ts'

test('every family is written down, and every pattern has a hit, a benign counter-example and a name of its own', () => {
  const lexicon = readLexicon()
  assert.deepEqual(
    lexicon.map(({ family }) => family),
    lexiconFamilies,
  )
  for (const { family, patterns } of lexicon) {
    assert.ok(patterns.length >= 6, family)
    assert.equal(new Set(patterns.map(({ id }) => id)).size, patterns.length, family)
  }
})

test('the four lists of query parameters keep step, and no spelling list is left unfilled', () => {
  const { patterns, exceptions, families, names } = lexiconParameters()
  assert.deepEqual([exceptions.length, families.length, names.length], Array(3).fill(patterns.length))
  for (const pattern of [...patterns, ...exceptions]) assert.doesNotMatch(pattern, /<[a-z]+>/)
})

test('a pattern with a capture group, and a spelling list nobody wrote, are refused by name', () => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-lexicon-'))
  writeFileSync(join(dir, 'spelling.yaml'), 'you: "you|u"\n')
  const family = (pattern: string) =>
    JSON.stringify({
      question: 'q',
      source: 's',
      stands: { alone: false, reason: 'r' },
      ceiling: { benign_per_10000: 1, uk_per_10000: 1, reason: 'r' },
      limits: ['l'],
      patterns: [{ id: 'p', pattern, hit: 'h', benign: 'b' }],
    })
  writeFileSync(join(dir, 'affiliation.yaml'), family('miss (you)'))
  assert.throws(() => readLexiconOf(dir), /affiliation\.yaml.*no capture groups/s)
  writeFileSync(join(dir, 'affiliation.yaml'), family('miss <yous>'))
  assert.throws(() => readLexiconOf(dir), /<yous>.*spelling\.yaml lacks/s)
})
