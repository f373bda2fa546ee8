import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allocation, onePair as pair, strangerNumber, writeOnePair } from '../../tests/support/one-pair.ts'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { readPairRecord } from './pair-record.ts'

let lake: Lake

before(async () => {
  lake = await openTestLake()
  assert.deepEqual(await readPairRecord(lake, pair), { facts: [], cut: false }, 'nothing was built yet')
  await writeOnePair(lake)
})

after(() => lake.close())

test('each kind of record lies in its own lane, oldest first', async () => {
  const { facts, cut } = await readPairRecord(lake, pair)
  assert.equal(cut, false)
  assert.deepEqual(
    facts.map(fact => [fact.lane, fact.id]),
    [
      ['attendance', 'attendances:T1'],
      ['case', allocation],
      ['look-up', 'system_access:L1'],
      ['contact', 'billing:B1'],
      ['duty', 'duties:D1'],
      ['contact', 'billing:B2'],
      ['stay', 'stay:V1:1'],
    ],
  )
})

test('a contact that a record explains names that record, and one that none explains does not', async () => {
  const { facts } = await readPairRecord(lake, pair)
  const [text, call] = facts.filter(fact => fact.lane === 'contact')
  assert.deepEqual([text?.explained, text?.becauseRecord, text?.duty], [false, undefined, 'off'])
  assert.deepEqual(
    [call?.explained, call?.becauseRecord, call?.text],
    [true, allocation, 'Call made, 1 min 20 s'],
  )
})

test('an allocation that has not ended has no last moment', async () => {
  const { facts } = await readPairRecord(lake, pair)
  assert.equal(facts.find(fact => fact.id === allocation)?.until, undefined)
})

test('a number nobody has is a pair too', async () => {
  const { facts } = await readPairRecord(lake, { ...pair, personId: strangerNumber })
  assert.deepEqual(
    facts.filter(fact => fact.lane === 'contact').map(fact => [fact.id, fact.explained]),
    [['billing:B4', false]],
  )
})

test('no text in the record holds a name or a number of anyone', async () => {
  const { facts } = await readPairRecord(lake, pair)
  for (const fact of facts) assert.doesNotMatch(fact.text, /PC4411|PERSON-77|\+44/)
})

test('days outside those asked for are left out', async () => {
  const { facts } = await readPairRecord(lake, { ...pair, from: '2026-06-04', to: '2026-06-30' })
  assert.deepEqual(
    facts.filter(fact => fact.lane !== 'case').map(fact => fact.id),
    ['stay:V1:1'],
  )
})

test('where the records do not say what duty it was, the fact says not known rather than off', async () => {
  const { facts } = await readPairRecord(lake, pair)
  assert.equal(facts.find(fact => fact.id === 'system_access:L1')?.duty, 'not_known')
})
