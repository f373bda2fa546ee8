import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrubWords } from './scrub-words.ts'

const labels = new Map([['PC4411', 'Staff 7F3A9']])
const scrubbed = (text: string): string => scrubWords(text, labels)

test('a name is taken out beside a greeting, a title or a kiss, in capitals or small letters', () => {
  assert.equal(scrubbed('Hi Sarah, are you free?'), 'Hi [name], are you free?')
  assert.equal(scrubbed('hi sarah, are you free?'), 'hi [name], are you free?')
  assert.equal(scrubbed("It's PC Tom Lee from Eastfield"), "It's PC [name] from [name]")
  assert.equal(scrubbed('See you then x Danny'), 'See you then x [name]')
  assert.equal(scrubbed('I told Amira about it'), 'I told [name] about it')
})

test('numbers, addresses, ids, postcodes and plates are taken out', () => {
  assert.equal(
    scrubbed('Ring 07700 900123 or dan@example.org, LX12 ABC, SW1A 1AA, pc4411'),
    'Ring [removed] or [removed], [removed], [removed], Staff 7F3A9',
  )
})

test('ordinary words stay, days and shouting too', () => {
  for (const text of [
    'Are you on Facebook at all?',
    'Hi gorgeous, see you Friday xx',
    'DELETE THIS OK',
    'Thanks, I will. You looked amazing on Monday.',
    'Your crime number is 4471',
  ])
    assert.equal(scrubbed(text), text)
})
