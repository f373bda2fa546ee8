import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import { simulateForce, type SimulateResult } from './simulate-force.ts'
import { faultsOf, readCsv, readContract, type Feed } from './test-support.ts'

const end = '2025-06-30'
const simulate = (seed: number, staff = 120, days = 30) => {
  const out = mkdtempSync(join(tmpdir(), 'upstander-force-'))
  return { out, result: simulateForce({ progress: silentProgress }, { out, staff, days, seed, end }) }
}
const digest = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.\w+$/.test(name))
    .sort()
    .map(
      name =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )

describe('a package of 120 staff and 30 days', () => {
  let out = ''
  let result: SimulateResult
  let feeds: readonly Feed[] = []
  before(() => {
    ;({ out, result } = simulate(5))
    feeds = readContract(out)
  })

  test('the same seed writes the same bytes and another seed does not', () => {
    assert.deepEqual(digest(simulate(5).out), digest(out))
    assert.notDeepEqual(digest(simulate(6).out), digest(out))
  })

  test('all 40 feeds are there and none is empty', () => {
    assert.equal(feeds.length, 40)
    assert.deepEqual(
      Object.entries(result.rows).filter(([, rows]) => rows === 0),
      [],
    )
  })

  test('every row meets the record contract, and no key is used twice', () => {
    for (const feed of feeds) assert.deepEqual(faultsOf(out, feed).slice(0, 5), [], feed.name)
  })

  test('every staff_id is somebody in staff and every person_id somebody in people', () => {
    const ids = (feed: string, column: string) =>
      new Set(readCsv(join(out, `${feed}.csv`)).map(row => row[column]))
    const known: Record<string, Set<string | undefined>> = {
      staff_id: ids('staff', 'staff_id'),
      supervisor_id: ids('staff', 'staff_id'),
      approved_by: ids('staff', 'staff_id'),
      closed_by: ids('staff', 'staff_id'),
      person_id: ids('people', 'person_id'),
      related_person_id: ids('people', 'person_id'),
      incident_id: ids('incidents', 'incident_id'),
      investigation_id: ids('investigations', 'investigation_id'),
      unit_id: ids('units', 'unit_id'),
    }
    for (const { name, fields } of feeds)
      for (const { name: column } of fields) {
        const keys = known[column]
        if (!keys) continue
        const orphans = new Set(
          readCsv(join(out, `${name}.csv`))
            .map(row => row[column] ?? '')
            .filter(id => id !== '' && !keys.has(id)),
        )
        assert.deepEqual([...orphans].slice(0, 3), [], `${name}.${column}`)
      }
  })

  test('nothing is known after the moment of the extract', () => {
    const planned =
      /^(vetting|training)\.expires_on|integrity_reviews\.due_on|assignments\.to_at|patrol_plans\.to_at|absences\.end_at$/
    for (const { name, fields } of feeds)
      for (const { name: column, type } of fields) {
        if ((type !== 'date' && type !== 'datetime') || planned.test(`${name}.${column}`)) continue
        const late = readCsv(join(out, `${name}.csv`)).find(row => (row[column] ?? '') > `${end}T23:59:59Z`)
        assert.equal(late, undefined, `${name}.${column}`)
      }
  })

  test('innocent look-alikes are at least ten for each offender, and nobody is both', () => {
    const offenders = new Set(readCsv(join(out, 'truth/truth.csv')).map(row => row['staff_id']))
    const alike = readCsv(join(out, 'truth/roles.csv')).map(row => row['staff_id'])
    assert.ok(offenders.size >= 2)
    assert.ok(alike.length >= 10 * offenders.size, `${alike.length} for ${offenders.size}`)
    assert.deepEqual(
      alike.filter(id => offenders.has(id)),
      [],
    )
  })

  test('a third of offenders leave no trace: outside ordinary policing no record joins them to the person', () => {
    const truth = readCsv(join(out, 'truth/truth.csv'))
    const offenders = new Map(truth.map(row => [row['staff_id'], row['dark'] === 'true']))
    const dark = [...offenders.values()].filter(Boolean).length
    assert.ok(dark * 3 >= offenders.size, `${dark} of ${offenders.size}`)
    const boundary = readCsv(join(out, 'intelligence.csv')).map(row => row['person_id'])
    for (const row of truth) if (row['dark'] === 'true') assert.ok(!boundary.includes(row['person_id']))
  })
})
