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

test('PSE-01: whoever is named in whatever way people write it, nothing that leads to them stays', () => {
  const leads: readonly (readonly [string, readonly string[]])[] = [
    ['seen by PC 4417 and collar number 883', ['4417', '883']],
    ['ask sgt2210 or DS 14', ['2210', '14']],
    ['C1014 knows N700011 of case 42CW/1234/25', ['C1014', 'N700011', '1234']],
    ['lives at 14 Acacia Avenue, flat 3, or 7b high st', ['Acacia', 'Avenue', 'high st']],
    ['drives LS15 OUB, before that W123 ABC and ABC 123D', ['LS15', 'OUB', 'W123', '123D']],
    ['born 3 May 1981, dob 03/05/81, 1981-05-03', ['1981', '03/05', 'May']],
    ['(01632) 960 123, +44 (0)7700 900986, 00447700900986', ['960', '900986', '447700']],
    ['Tobias Archer asked, and so did Mrs O’Neill', ['Tobias', 'Archer', 'Neill']],
    ['find her @tobias.a or www.example.org/tobias', ['tobias']],
    ['mail t.archer@police.example', ['archer']],
  ]
  for (const [text, secrets] of leads)
    for (const secret of secrets)
      assert.ok(!scrubbed(text).includes(secret), `${secret} in “${scrubbed(text)}”`)
})

test('our own references, times and measures stay, and a reader can still follow', () => {
  for (const text of [
    'As in concern K7Q2-9MXD, 22:30 on the 22nd, 40min, 10pm, 12 km.',
    'Three stays at 60 m remain without a reason, 2 of them after 11pm.',
    'They share an office.',
  ])
    assert.equal(scrubbed(text), text)
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
