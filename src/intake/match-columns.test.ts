import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFeeds } from './feeds.ts'
import { matchColumns, matchCsvColumns } from './match-columns.ts'
import { nearestName } from './nearest-name.ts'

const feed = (name: string) => {
  const found = readFeeds().feeds.find(candidate => candidate.name === name)
  assert.ok(found)
  return found
}

test('the nearest name is found through letters swapped, left out, in capitals or with spaces', () => {
  const names = ['staff_id', 'start_at', 'end_at', 'kind']
  assert.equal(nearestName('Staff ID', names), 'staff_id')
  assert.equal(nearestName('strat_at', names), 'start_at')
  assert.equal(nearestName('knd', names), 'kind')
  assert.equal(nearestName('latitude', ['lon', 'lat']), 'lat')
  assert.equal(nearestName('colour', names), undefined)
})

test('columns may come in any order, quoted, with optional ones left out', () => {
  const match = matchCsvColumns(feed('units'), '"kind", unit_id\r\nvehicle,V1\r\n')
  assert.deepEqual(
    [...match.places].map(([field, place]) => [field.name, place]),
    [
      ['unit_id', 1],
      ['kind', 0],
    ],
  )
  assert.deepEqual([match.refusals, match.notes], [[], []])
})

test('the separator is the one that yields most of the columns, even when a name holds another', () => {
  assert.equal(matchCsvColumns(feed('units'), 'unit_id;kind;"a,b,c,d"\n').separator, ';')
  assert.equal(matchCsvColumns(feed('units'), 'unit_id,kind,a;b;c\n').separator, ',')
})

test('every required column that is missing is named at once', () => {
  assert.deepEqual(matchColumns(feed('sites'), ['site_id', 'latitude', 'sort']).refusals, [
    'There is no column kind, which every row needs: add it.',
    "There is no column lat. The nearest is 'latitude': rename it.",
    'There is no column lon, which every row needs: add it.',
  ])
})
