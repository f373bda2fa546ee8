import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const open = (id: string, kind: string, subject: string, at: string, more: object = {}) => ({
    access_id: id,
    staff_id: 'S1',
    subject_kind: kind,
    subject_id: subject,
    at,
    ...more,
  })
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      person_addresses: [
        { person_id: 'P1', lat: 52.00001, lon: -1, to_on: 'D4' },
        { person_id: 'P2', lat: 52.00001, lon: -1, from_on: 'D5' },
        { person_id: 'P2', lat: 52.00001, lon: -1, from_on: 'D5', kind: 'work' },
        { person_id: 'P3', lat: 52.00002, lon: -1 },
      ],
      person_numbers: [
        { person_id: 'P1', number: '+447700900101', to_on: 'D4' },
        { person_id: 'P2', number: '+447700900101', from_on: 'D5' },
      ],
      person_vehicles: [{ person_id: 'P1', registration: 'AB12 CDE', to_on: 'D4' }],
      incidents: [
        { incident_id: 'I1', opened_at: 'D0 09:00' },
        { incident_id: '77 of 2 Jun', opened_at: 'D0 09:00' },
      ],
      investigations: [{ investigation_id: 'N1', incident_id: 'I1', opened_at: 'D1 09:00' }],
      involvements: [
        { incident_id: 'I1', person_id: 'P1', at: 'D0 09:00' },
        { incident_id: 'I1', person_id: 'P2', at: 'D3 09:00' },
        { incident_id: '77 of 2 Jun', person_id: 'P3', at: 'D0 09:00' },
      ],
      system_access: [
        open('person', 'person', 'P1', 'D2 10:00'),
        open('address', 'address', '52.00001 -1.00000', 'D2 10:00'),
        open('address later', 'address', '52.00001 -1.00000', 'D6 10:00'),
        open('number', 'number', '+447700900101', 'D4 10:00'),
        open('number later', 'number', '+447700900101', 'D5 10:00'),
        open('vehicle', 'vehicle', 'AB12 CDE', 'D2 10:00'),
        open('vehicle later', 'vehicle', 'AB12 CDE', 'D6 10:00'),
        open('incident', 'incident', 'I1', 'D2 10:00'),
        open('incident later', 'incident', 'I1', 'D4 10:00'),
        open('investigation', 'investigation', 'N1', 'D2 10:00'),
        open('investigation before it opened', 'investigation', 'N1', 'D0 10:00'),
        open('criteria', 'criteria', 'women under 30', 'D2 10:00'),
        open('quoted', 'person', 'P1', 'D2 10:00', { reference: 'N7' }),
        open('quoted in the reason', 'person', 'P3', 'D2 10:00', { reason: 'update re log 77 of 2 Jun.' }),
        open('words round the reference', 'person', 'P3', 'D2 10:00', { reference: 'Log 77 of 2 Jun' }),
        open('no case in the reason', 'person', 'P3', 'D2 10:00', { reason: 'seen at 77 of 2 houses' }),
        open('remote not said', 'person', 'P1', 'D2 10:00', { remote: null }),
      ],
    },
  })
})
after(() => lake.close())

/** Whom an access concerned, and through what. */
const whom = async (id: string): Promise<string[]> => {
  const rows = await lake.rows<{ found: string }>(
    `select concat(person_id, ' via ', via) as found from upstander.lookups where record_id = {id:String} order by found`,
    { id: `system_access:${id}` },
  )
  return rows.map(row => row.found)
}

test('opening a person concerns that person', async () => {
  assert.deepEqual(await whom('person'), ['P1 via person'])
})

test('opening an address concerns who lived or worked there that day, once, and nobody a metre away', async () => {
  assert.deepEqual(await whom('address'), ['P1 via address'])
  assert.deepEqual(await whom('address later'), ['P2 via address'])
})

test('opening a number concerns who had it that day', async () => {
  assert.deepEqual(await whom('number'), ['P1 via number'])
  assert.deepEqual(await whom('number later'), ['P2 via number'])
})

test('opening a vehicle concerns its keeper that day', async () => {
  assert.deepEqual(await whom('vehicle'), ['P1 via vehicle'])
  assert.deepEqual(await whom('vehicle later'), [])
})

test('opening a case concerns those who were part of it by then', async () => {
  assert.deepEqual(await whom('incident'), ['P1 via incident'])
  assert.deepEqual(await whom('incident later'), ['P1 via incident', 'P2 via incident'])
})

test('people of an incident are people of its investigation, from when that was opened', async () => {
  assert.deepEqual(await whom('investigation'), ['P1 via investigation'])
  assert.deepEqual(await whom('investigation before it opened'), [])
})

test('a search by criteria concerns nobody in particular', async () => {
  assert.deepEqual(await whom('criteria'), [])
})

test('the case is the one opened, else the one quoted; a device nobody described counts as remote', async () => {
  const rows = await lake.rows<{ id: string; case_id: string; remote: boolean }>(
    `select distinct substring(record_id, 15) as id, case_id, remote from upstander.lookups order by id`,
  )
  const of = (id: string) => rows.find(row => row.id === id)
  assert.equal(of('incident')?.case_id, 'I1')
  assert.equal(of('quoted')?.case_id, 'N7')
  assert.equal(of('quoted')?.remote, false)
  assert.equal(of('remote not said')?.remote, true)
})

test('a case is quoted in the reference, in words round it or among the words of the reason, and only if there is such a case', async () => {
  const rows = await lake.rows<{ id: string; case_id: string }>(
    `select substring(record_id, 15) as id, case_id from upstander.lookups where person_id = 'P3' and via = 'person' order by id`,
  )
  assert.deepEqual(rows, [
    { id: 'no case in the reason', case_id: '' },
    { id: 'quoted in the reason', case_id: '77 of 2 Jun' },
    { id: 'words round the reference', case_id: '77 of 2 Jun' },
  ])
})
