import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIndicators } from './indicators.ts'
import { readWarningSigns } from './warning-signs.ts'

const signs = readWarningSigns().flatMap(group => group.signs)

test('both published lists are there whole, nine signs each, and those named beside them', () => {
  assert.deepEqual(
    readWarningSigns().map(group => group.signs.length),
    [9, 9, 7],
  )
  assert.equal(new Set(signs.map(each => each.sign)).size, signs.length)
})

test('a sign that nothing watches for says that no record can show it and that somebody can tell in confidence', () => {
  const dark = signs.filter(each => each.indicators.length === 0)
  assert.equal(dark.length, 4)
  for (const { sign, unseen } of dark)
    assert.match(unseen, /^No record can show it\..*in confidence\.$/, sign)
})

test('a sign is watched for by indicators that run, from feeds that they read', () => {
  for (const { sign, indicators, feeds } of signs) {
    assert.ok(
      indicators.every(each => each.status !== 'retired'),
      sign,
    )
    assert.equal(feeds.length > 0, indicators.length > 0, sign)
  }
})

test('a sign that names an indicator nobody wrote is refused, by name', () => {
  assert.throws(() => readWarningSigns(readIndicators().slice(1)), /there is no indicator /)
})
