import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openIntakeRoom, type IntakeRoom } from '../../tests/support/intake-room.ts'

let room: IntakeRoom
before(async () => {
  room = await openIntakeRoom()
})
after(() => room.close())

/** Takes in one file and tells its batch, its refusal and the sentences about its rows. */
const take = async (name: string, content: string | Uint8Array) => {
  const report = await room.takeOne(name, content)
  const batch = report.landed[0]
  const rejects = (await room.rejects()).filter(reject => reject.batch_id === batch?.batch_id)
  return { batch, refusal: report.refused[0]?.reason ?? '', rejects }
}

test('a missing required column refuses the file and names the nearest column', async () => {
  const { refusal } = await take(
    'duties.csv',
    'staffid,start_at,end_at,kind,duty_id\nS1,2025-01-01T00:00:00Z,2025-01-01T08:00:00Z,rostered,D1\n',
  )
  assert.match(refusal, /There is no column staff_id\. The nearest is 'staffid': rename it\./)
  assert.deepEqual(await room.lake.rows('select * from upstander.duties'), [])
})

test('a file whose first line names no column of the feed is refused with the line it needs', async () => {
  const { refusal } = await take('units.csv', 'V1,vehicle,false,A\nV2,vehicle,false,A\n')
  assert.match(refusal, /first line must name the columns: unit_id,kind,take_home,base_station/)
})

test('a column that is there twice refuses the file', async () => {
  const { refusal } = await take('units.csv', 'unit_id,kind,kind\nV1,vehicle,radio\n')
  assert.match(refusal, /column kind is there twice/)
})

test('an unknown column is left out, with a note that names the nearest right column', async () => {
  const { batch } = await take('units.csv', 'unit_id,kind,base_staton\nU1,vehicle,Eastgate\n')
  assert.equal(batch?.accepted, 1)
  assert.match(batch.notes.join(), /'base_staton' is not in the contract.*If it is base_station, rename it/)
})

for (const [name, separator] of [
  ['semicolons', ';'],
  ['tabs', '\t'],
]) {
  test(`a file separated by ${name} is read so, with a note`, async () => {
    const { batch } = await take(
      'units.csv',
      `unit_id,kind\nU-${name},radio\n`.replaceAll(',', separator ?? ''),
    )
    assert.equal(batch?.accepted, 1)
    assert.match(batch.notes.join(), new RegExp(`separated by ${name ?? ''}`))
  })
}

test('a byte-order mark and Windows line ends are read past, with a note each', async () => {
  const { batch } = await take(
    'sites.csv',
    '\uFEFFsite_id,kind,lat,lon\r\nX1,station,51.5,-0.1\r\nX2,court,51.6,-0.2\r\n',
  )
  assert.equal(batch?.accepted, 2)
  assert.match(batch.notes.join(), /byte-order mark.*Windows line ends/)
  assert.deepEqual(await room.lake.rows('select site_id, lon from upstander.sites order by site_id'), [
    { site_id: 'X1', lon: -0.1 },
    { site_id: 'X2', lon: -0.2 },
  ])
})

test('Latin-1 text is turned to UTF-8, with a note', async () => {
  const { batch } = await take(
    'messages.csv',
    Buffer.from(
      'message_id,device_address,other_address,direction,channel,at,text\nM1,+447700900001,+447700900002,out,sms,2025-01-01T00:00:00Z,caf\xe9 \xa35\n',
      'latin1',
    ),
  )
  assert.match(batch?.notes.join() ?? '', /not UTF-8 and was read as Latin-1/)
  assert.deepEqual(await room.lake.rows("select text from upstander.messages where message_id = 'M1'"), [
    { text: 'café £5' },
  ])
})

test('UTF-16 text, as a spreadsheet saves it, is turned to UTF-8, with a note', async () => {
  const { batch } = await take('units.csv', Buffer.from('\uFEFFunit_id\tkind\r\nU16\tradio\r\n', 'utf16le'))
  assert.equal(batch?.accepted, 1)
  assert.match(batch.notes.join(), /UTF-16/)
})

test('a gzip that was cut short is refused and none of it lands', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `V9,2025-01-01T00:00:00Z,51.${i},-0.1,,,`)
  const whole = gzipSync(`unit_id,at,lat,lon,speed_kmh,ignition,accuracy_m\n${rows.join('\n')}\n`)
  const { refusal } = await take('positions.csv.gz', whole.subarray(0, whole.length - 2_000))
  assert.match(refusal, /cannot be unpacked .*cut short or damaged.*None of it was taken in/)
  assert.deepEqual(await room.lake.rows("select * from upstander.positions where unit_id = 'V9'"), [])
})

test('an empty file is refused', async () => {
  const { refusal } = await take('billing.csv', '')
  assert.match(refusal, /billing\.csv is empty.*Supply it again, or leave it out/)
})

test('a header without rows is accepted, with a note', async () => {
  const { batch } = await take(
    'billing.csv',
    'record_id,device_address,other_address,direction,kind,at,duration_s\n',
  )
  assert.equal(batch?.rows, 0)
  assert.deepEqual(batch.notes, ['It has a header and no rows.'])
})

test('a file that is not text is refused', async () => {
  const { refusal } = await take('billing.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0x0a]))
  assert.match(refusal, /is not text.*Save it as CSV/)
})

test('rows that are short or long are rejected, blank lines are passed over, an empty last value is not short', async () => {
  const { batch, rejects } = await take(
    'units.csv',
    'unit_id,kind,take_home,base_station\r\nR1,radio,,\r\n\r\nR2,radio,\r\nR3,radio,,,\r\n',
  )
  assert.deepEqual([batch?.rows, batch?.accepted], [3, 1])
  assert.deepEqual(
    rejects.map(reject => [reject.line, reject.reason.slice(0, 23)]),
    [
      [4, 'the row has fewer than '],
      [5, 'the row has more than t'],
    ],
  )
})

test('an empty value in a required column is a rejected row, and every fault of a row is listed', async () => {
  const { batch, rejects } = await take('units.csv', 'unit_id,kind,take_home\n,bicycle,perhaps\n')
  assert.equal(batch?.rejected, 1)
  assert.deepEqual(
    rejects.map(reject => reject.field),
    ['kind', 'take_home', 'unit_id'],
  )
})

test('rejected rows name the line of the file where quoted text spans lines', async () => {
  const { rejects } = await take(
    'messages.csv',
    'message_id,device_address,other_address,direction,channel,at,text\nQ1,+1,+2,out,sms,2025-01-01T00:00:00Z,"one\ntwo ""quoted""\nthree"\nQ2,+1,+2,sideways,sms,2025-01-01T00:00:00Z,x\n',
  )
  assert.deepEqual(
    rejects.map(reject => reject.line),
    [5],
  )
})

test('a quote that never closes refuses the file and names its line', async () => {
  const { refusal } = await take('units.csv', 'unit_id,kind,base_station\nW1,radio,"East\nW2,radio,West\n')
  assert.match(refusal, /double quote on line 2 that is never closed/)
  assert.deepEqual(await room.lake.rows("select * from upstander.units where unit_id like 'W%'"), [])
})

test('text after a closing quote refuses the file and names the line', async () => {
  const { refusal } = await take('units.csv', 'unit_id,kind,base_station\nW1,radio,A\nW2,"ra"dio,B\n')
  assert.match(refusal, /cannot be read from line 3 on.*double quote/)
})

test('orphans are kept, counted and reported', async () => {
  const report = await room.takeOne(
    'stops.csv',
    'stop_id,staff_id,at,kind\nK1,NOBODY,2025-01-01T00:00:00Z,person\n',
  )
  assert.equal(report.landed[0]?.accepted, 1)
  assert.deepEqual(
    report.orphans.find(orphan => orphan.feed === 'stops'),
    { feed: 'stops', staff: 1, rows: 1 },
  )
})

test('no staging table and no view is left behind', async () => {
  assert.deepEqual(
    await room.lake.rows("select name from system.tables where database = 'upstander_staging'"),
    [],
  )
})
