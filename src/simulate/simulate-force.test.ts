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
    const first = digest(simulate(5, 60, 14).out)
    assert.deepEqual(digest(simulate(5, 60, 14).out), first)
    assert.notDeepEqual(digest(simulate(6, 60, 14).out), first)
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

  test('a third of offenders are dark: no report names the pair before it comes to light', () => {
    const truth = readCsv(join(out, 'truth/truth.csv'))
    const offenders = new Map(truth.map(row => [row['staff_id'], row['dark'] === 'true']))
    const dark = [...offenders.values()].filter(Boolean).length
    assert.ok(dark * 3 >= offenders.size, `${dark} of ${offenders.size}`)
    const reports = [...readCsv(join(out, 'intelligence.csv')), ...readCsv(join(out, 'complaints.csv'))]
    for (const pair of truth.filter(row => row['dark'] === 'true')) {
      const early = reports.filter(
        row =>
          row['staff_id'] === pair['staff_id'] &&
          row['person_id'] === pair['person_id'] &&
          ['sexual_conduct', 'improper_contact'].includes(row['category'] ?? '') &&
          (row['received_on'] ?? '') < (pair['came_to_light_on'] ?? ''),
      )
      assert.deepEqual(early, [])
    }
  })

  test('a quarter of attended incidents at most are about somebody marked vulnerable, and one in seven is domestic abuse', () => {
    const attended = new Set(readCsv(join(out, 'attendances.csv')).map(row => row['incident_id']))
    const incidents = readCsv(join(out, 'incidents.csv')).filter(row => attended.has(row['incident_id']))
    const domestic = incidents.filter(row => row['type'] === 'domestic_abuse').length / incidents.length
    assert.ok(domestic > 0.11 && domestic < 0.17, String(domestic))
    const marked = new Map(
      readCsv(join(out, 'person_flags.csv'))
        .filter(row => row['flag'] !== 'under_18')
        .map(row => [row['person_id'], row['from_on'] ?? '']),
    )
    const about = new Map(
      readCsv(join(out, 'involvements.csv'))
        .filter(row => ['victim', 'missing'].includes(row['part'] ?? ''))
        .map(row => [row['incident_id'], row['person_id']]),
    )
    const vulnerable = incidents.filter(row => {
      const since = marked.get(about.get(row['incident_id']))
      return since !== undefined && since <= (row['opened_at'] ?? '')
    })
    const share = vulnerable.length / incidents.length
    assert.ok(share > 0.1 && share < 0.25, String(share))
  })

  test('two people who are in touch on a work phone mostly exchange a few messages in a month, and one pair in a hundred very many', () => {
    const holder = new Map(readCsv(join(out, 'devices.csv')).map(row => [row['address'], row['staff_id']]))
    const person = new Map(
      readCsv(join(out, 'person_numbers.csv')).map(row => [row['number'], row['person_id']]),
    )
    const pairs = new Map<string, number>()
    for (const row of readCsv(join(out, 'billing.csv'))) {
      const [staff, other] = [holder.get(row['device_address'] ?? ''), person.get(row['other_address'] ?? '')]
      if (staff && other) pairs.set(`${staff}/${other}`, (pairs.get(`${staff}/${other}`) ?? 0) + 1)
    }
    const counts = [...pairs.values()].sort((a, b) => a - b)
    const quantile = (share: number) => counts[Math.floor(counts.length * share)] ?? 0
    assert.ok(quantile(0.5) >= 1 && quantile(0.5) <= 5, String(quantile(0.5)))
    assert.ok(quantile(0.9) >= 6 && quantile(0.9) <= 18, String(quantile(0.9)))
    assert.ok(quantile(0.99) >= 25 && quantile(0.99) <= 120, String(quantile(0.99)))
  })
})

test('a force asked for a number of offenders has about so many, and most of its staff stay ordinary', () => {
  const out = mkdtempSync(join(tmpdir(), 'upstander-force-'))
  const asked = { out, staff: 100, days: 30, seed: 2, offenders: 12, end }
  const result = simulateForce({ progress: silentProgress }, asked)
  // One who met nobody to offend against is left out.
  assert.ok(result.offenders >= 9 && result.offenders <= 12, String(result.offenders))
  assert.ok(result.lookAlikes <= 25, String(result.lookAlikes))
})
