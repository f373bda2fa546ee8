import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFeeds } from '../intake/feeds.ts'
import { readCredits } from './credits.ts'
import { otherOwners, readExplanations } from './explanations.ts'
import { readIndicators } from './indicators.ts'

const credits = readCredits()
const { explanations, cautions } = readExplanations(credits)
const live = readIndicators().filter(each => each.status === 'live')
const { feeds } = readFeeds()

/** Every line by which an explanation or a caution answers for an indicator, as `indicator: line`. */
const answered = [...explanations.map(each => each.explains), cautions].flatMap(lines =>
  Object.entries(lines).flatMap(([indicator, own]) => own.map(line => `${indicator}: ${line}`)),
)
const named = live.flatMap(each => each.lawful_explanations.map(line => `${each.id}: ${line}`))

test('every lawful explanation of every live indicator is asked of the records, or is a caution', () => {
  const forgotten = named.filter(line => !answered.includes(line))
  assert.deepEqual(forgotten, [])
})

test('none is answered for twice, and none that no indicator names', () => {
  const known = new Set(
    readIndicators().flatMap(each => each.lawful_explanations.map(line => `${each.id}: ${line}`)),
  )
  assert.deepEqual(
    answered.filter((line, at) => !known.has(line) || answered.indexOf(line) !== at),
    [],
  )
})

test('most can be tested in the records; the rest says plainly that no record can show it', () => {
  const untested = explanations.filter(each => each.test.by === 'nothing')
  assert.ok(untested.length * 3 < explanations.length, untested.map(each => each.id).join(', '))
})

test('every credit is among them, so that each says what would settle it', () => {
  const held = explanations.flatMap(each => (each.test.by === 'credit' ? [each.test.credit.id] : []))
  assert.deepEqual(
    held.toSorted(),
    credits.map(each => each.id),
  )
})

test('whoever is asked for a record answers for a feed, or is named as answering for what no feed holds', () => {
  const owners = new Set([...feeds.map(feed => feed.owner), ...otherOwners])
  for (const each of explanations)
    assert.ok(owners.has(each.settledBy.owner), `${each.id}: ${each.settledBy.owner}`)
})

test('a feed without which nobody can tell is a feed of the contract', () => {
  const names = new Set(feeds.map(feed => feed.name))
  for (const { id, test: how } of explanations)
    if (how.by === 'query') for (const feed of how.feeds) assert.ok(names.has(feed), `${id}: ${feed}`)
})
