import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutStretches, type Find } from './cut-stretches.ts'

/** The text with what is marked in brackets. */
const marked = (text: string, ...found: Find[]): string =>
  cutStretches(text, found)
    .map(({ text: part, family }) => (family === undefined ? part : `[${part}]`))
    .join('')

test('what was found is cut out of the text, by whole characters', () => {
  assert.equal(marked('😘 ring me later', [2, 7, 'meeting']), '😘 [ring me] later')
  assert.equal(marked('nothing'), 'nothing')
})

test('a find that begins with the last letter of the word before is marked from the next word on', () => {
  assert.equal(marked('Look after yourself x', [18, 3, 'kiss_token']), 'Look after yourself [x]')
  assert.equal(marked('Take care! x', [9, 3, 'kiss_token']), 'Take care[! x]')
})

test('a find that is the end of one word stays where it is', () => {
  assert.equal(marked('Take carexx', [8, 3, 'kiss_token']), 'Take car[exx]')
})

test('of two finds that overlap the first keeps its place', () => {
  assert.equal(marked('you are lovely x', [8, 6, 'compliment'], [10, 6, 'kiss_token']), 'you are [lovely] x')
})
