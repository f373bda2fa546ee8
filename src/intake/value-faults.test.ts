import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openIntakeRoom, type IntakeRoom } from '../../tests/support/intake-room.ts'

let room: IntakeRoom
before(async () => {
  room = await openIntakeRoom()
})
after(() => room.close())

const positions = (...rows: string[]): string =>
  ['unit_id,at,lat,lon,speed_kmh,ignition,accuracy_m', ...rows, ''].join('\n')

/** Takes in one file and tells its batch, its refusal and the sentences about its rows. */
const take = async (name: string, content: string | Uint8Array) => {
  const report = await room.takeOne(name, content)
  const batch = report.landed[0]
  const rejects = (await room.rejects()).filter(reject => reject.batch_id === batch?.batch_id)
  return { batch, refusal: report.refused[0]?.reason ?? '', rejects }
}

test('an enum in other letters is accepted as the contract spells it, with a note', async () => {
  const { batch } = await take(
    'staff.csv',
    'staff_id,role,joined_on\nE1,Officer,2020-01-01\nE2,PCSO,2020-01-01\n',
  )
  assert.equal(batch?.accepted, 2)
  assert.match(
    batch.notes.join(),
    /2 values of role, such as '(Officer|PCSO)', were written in other letters/,
  )
  assert.deepEqual(
    await room.lake.rows("select role from upstander.staff where staff_id in ('E1', 'E2') order by staff_id"),
    [{ role: 'officer' }, { role: 'pcso' }],
  )
})

test('a value outside an enum is a rejected row that names the nearest value', async () => {
  const { batch, rejects } = await take(
    'staff.csv',
    'staff_id,role,joined_on\nE3,oficer,2020-01-01\nE4,special,2020-01-01\n',
  )
  assert.deepEqual([batch?.accepted, batch?.rejected], [1, 1])
  assert.equal(rejects[0]?.line, 2)
  assert.equal(rejects[0].value, 'oficer')
  assert.match(rejects[0].reason, /nearest is officer/)
  assert.deepEqual(JSON.parse(rejects[0].row), { staff_id: 'E3', role: 'oficer', joined_on: '2020-01-01' })
})

test('a timestamp with an offset is turned to UTC with a note; one without a zone is a rejected row', async () => {
  const { batch, rejects } = await take(
    'positions.csv',
    positions(
      'T1,2025-05-01T10:00:00+01:00,51.5,-0.1,,,',
      'T1,2025-05-01T10:00:00,51.5,-0.1,,,',
      'T1,2025-05-01T11:00:00.250Z,51.5,-0.1,,,',
    ),
  )
  assert.match(batch?.notes.join() ?? '', /2 values of at.*turned to it/)
  assert.deepEqual(
    rejects.map(reject => [reject.line, reject.field]),
    [[3, 'at']],
  )
  assert.match(rejects[0]?.reason ?? '', /no time zone: times must be in UTC/)
  assert.deepEqual(
    await room.lake.rows("select at from upstander.positions where unit_id = 'T1' order by at"),
    [{ at: '2025-05-01 09:00:00' }, { at: '2025-05-01 11:00:00' }],
  )
})

test('a thousands comma is a rejected row that says what to write', async () => {
  const { rejects } = await take(
    'positions.csv',
    positions('N1,2025-05-01T10:00:00Z,51.5,-0.1,"1,234",,', 'N1,2025-05-01T10:00:10Z,"51,5",-0.1,,,'),
  )
  assert.match(rejects[0]?.reason ?? '', /thousands comma: write 1234/)
  assert.match(rejects[1]?.reason ?? '', /decimal comma: write 51\.5/)
})

test('swapped latitude and longitude are rejected rows, and a file full of them says so', async () => {
  const { batch, rejects } = await take(
    'positions.csv',
    positions(
      'L1,2025-05-01T10:00:00Z,-0.1,51.5,,,',
      'L1,2025-05-01T10:00:10Z,-0.1,51.6,,,',
      'L1,2025-05-01T10:00:20Z,51.5,-0.1,,,',
    ),
  )
  assert.deepEqual([batch?.accepted, batch?.rejected], [1, 2])
  assert.match(rejects[0]?.reason ?? '', /looks swapped with the longitude/)
  assert.match(batch?.notes.join() ?? '', /In 2 of 3 rows lat and lon look swapped: swap the two columns/)
})

test('a latitude that cannot be is a rejected row', async () => {
  const { rejects } = await take('positions.csv', positions('L2,2025-05-01T10:00:00Z,151.5,-120.1,,,'))
  assert.match(rejects[0]?.reason ?? '', /lies outside -90 to 90/)
})

test('a date in the future is a rejected row, unless it is a plan', async () => {
  const late = await take(
    'positions.csv',
    positions('F1,2025-06-03T00:00:00Z,51.5,-0.1,,,', 'F1,2025-06-02T11:00:00Z,51.5,-0.1,,,'),
  )
  assert.deepEqual([late.batch?.accepted, late.rejects[0]?.reason], [1, 'lies in the future'])
  const planned = await take(
    'vetting.csv',
    'staff_id,level,granted_on,expires_on\nS1,RV,2025-01-01,2035-01-01\nS2,RV,2025-07-01,2035-01-01\n',
  )
  assert.deepEqual([planned.batch?.accepted, planned.rejects[0]?.field], [1, 'granted_on'])
})

test('a day that does not exist or is written the British way is a rejected row', async () => {
  const { rejects } = await take(
    'training.csv',
    'staff_id,course,completed_on\nS1,APSP,2025-02-30\nS1,APSP,01/02/2025\n',
  )
  assert.deepEqual(
    rejects.map(reject => [reject.line, reject.reason]),
    [
      [2, 'is not a day: write it as 2025-01-31'],
      [3, 'is not a day: write it as 2025-01-31'],
    ],
  )
})

test('a key with a space around it is taken without, so that it joins', async () => {
  const { batch } = await take('units.csv', 'unit_id,kind\n SP1 ,radio\n')
  assert.match(batch?.notes.join() ?? '', /1 value of unit_id.*had spaces around it/)
  assert.deepEqual(await room.lake.rows("select unit_id from upstander.units where unit_id = 'SP1'"), [
    { unit_id: 'SP1' },
  ])
})

test('a telephone number in national form is turned to E.164 with a note; short codes and mailboxes stay', async () => {
  const numbers = [
    '07700 900001',
    '0044 (0) 7700 900002',
    '+44 7700-900003',
    '60999',
    'Desk@Force.example',
    'withheld',
  ]
  const { batch } = await take(
    'billing.csv',
    `record_id,device_address,other_address,direction,kind,at\n${numbers.map((number, i) => `P${i},00447700900009,${number},out,sms,2025-05-01T10:00:00Z\n`).join('')}`,
  )
  assert.match(
    batch?.notes.join() ?? '',
    /6 values of device_address, such as '00447700900009', were not written as E\.164/,
  )
  const rows = await room.lake.rows<{ device_address: string; other_address: string }>(
    "select device_address, other_address from upstander.billing where record_id like 'P%' order by record_id",
  )
  assert.deepEqual(
    rows.map(row => row.other_address),
    ['+447700900001', '+447700900002', '+447700900003', '60999', 'Desk@Force.example', 'withheld'],
  )
  assert.equal(rows[0]?.device_address, '+447700900009')
})
