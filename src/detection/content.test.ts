import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkContent, queryFaults } from './check-content.ts'
import { hashOf, lockFaults } from './content-lock.ts'
import { readIndicators } from './indicators.ts'

for (const { rule, faults } of checkContent()) {
  test(rule, () => {
    assert.deepEqual(faults, [])
  })
}

test('a query that reads what nobody may be scored by is caught, also under an alias', () => {
  const faulty = [
    'select staff_id from upstander.staff_equality',
    'select p.sex from upstander.people p',
    'select s.rank as grade from upstander.staff s',
    'select * from upstander.staff',
    "select dateDiff('day', joined_on, at) from upstander.staff s join upstander.billing b on true",
  ]
  for (const sql of faulty) assert.notDeepEqual(queryFaults('query.sql', sql), [], sql)
})

test('a query that names those words in a comment or in text, or reads another column, is not', () => {
  const sound = [
    'select staff_id from upstander.staff -- never the rank',
    "select home_lat, 'role' as why from upstander.staff",
    'select count() from upstander.credits where role',
    'select person_id from upstander.people',
  ]
  for (const sql of sound) assert.deepEqual(queryFaults('query.sql', sql), [], sql)
})

test('a query that asks the time or throws dice is caught', () => {
  for (const call of ['now()', 'today()', 'rand64()', 'toDate(NOW())'])
    assert.notDeepEqual(queryFaults('query.sql', `select ${call}`), [], call)
})

const indicators = readIndicators()
const lock = Object.fromEntries(
  indicators.map(each => [each.id, { version: each.version, sha256: hashOf(each) }]),
)
const [first] = indicators
assert.ok(first)

test('a lock that says what the indicators say has no fault', () => {
  assert.deepEqual(lockFaults(indicators, lock), [])
})

test('a change without a new version is told, with the version to write', () => {
  const changed = { ...lock, [first.id]: { version: first.version, sha256: '0'.repeat(64) } }
  assert.deepEqual(lockFaults(indicators, changed), [
    `${first.id} has changed and is still version ${first.version}: write version: ${first.version + 1} in its indicator.yaml, then run npx upstander content lock`,
  ])
})

test('a change with a new version only asks to be locked', () => {
  const raised = indicators.map(each => (each === first ? { ...each, version: each.version + 1 } : each))
  assert.match(lockFaults(raised, lock).join(), /is not locked: run npx upstander content lock/)
})

test('an indicator that has gone is to be retired instead', () => {
  assert.match(
    lockFaults(indicators.slice(1), lock).join(),
    /has gone: keep its folder and write status: retired/,
  )
})

test('a promise is no part of what is locked: it changes nothing that is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upstander-lock-'))
  const text = readFileSync(join(first.folder, 'indicator.yaml'), 'utf8')
  const without = text.replace(/^promise:.*\n(?:[ \t].*\n)*/m, '')
  assert.notEqual(text, without, 'the indicator makes a promise')
  writeFileSync(join(folder, 'query.sql'), first.query)
  const hashWith = (yaml: string): string => {
    writeFileSync(join(folder, 'indicator.yaml'), yaml)
    return hashOf({ folder })
  }
  assert.equal(hashWith(text), hashWith(without))
  assert.notEqual(hashWith(text), hashWith(text.replace(/^title:.*$/m, 'title: Another')))
})
