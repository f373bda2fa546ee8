import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { openIntakeRoom } from '../../tests/support/intake-room.ts'

const csv = (unit: string): string =>
  `unit_id,at,lat,lon,speed_kmh,ignition\n${unit},2025-05-01T10:00:00Z,51.5,-0.1,,true\n${unit},2025-05-01T10:01:00Z,51.6,-0.1,12.5,false\n${unit},when,51.6,-0.1,,\n`
const found = [
  { unit_id: 'C', at: '2025-05-01 10:00:00', lat: 51.5, speed_kmh: null, ignition: true },
  { unit_id: 'C', at: '2025-05-01 10:01:00', lat: 51.6, speed_kmh: 12.5, ignition: false },
]

test('CSV, CSV.gz, CSV.zst and Parquet of the same rows land the same', async () => {
  const room = await openIntakeRoom()
  room.put('positions-a.csv', csv('A'))
  room.put('positions-b.csv.gz', gzipSync(csv('B')))
  room.put('positions-c.csv.zst', zstdCompressSync(csv('C')))
  await room.lake.run(`insert into function file('${join(room.folder, 'positions-d.parquet')}', Parquet)
    select 'D' as unit_id, toDateTime64('2025-05-01 10:00:00', 3, 'UTC') + interval 60 * number second as at,
      51.5 + number * 0.1 as lat, toFloat32(-0.1) as lon, if(number = 0, null, 12.5) as speed_kmh, number = 0 as ignition, 1 as driver
    from numbers(2)`)
  const report = await room.take()
  assert.deepEqual(
    report.landed.map(batch => [batch.file, batch.accepted, batch.rejected]),
    [
      ['positions-a.csv', 2, 1],
      ['positions-b.csv.gz', 2, 1],
      ['positions-c.csv.zst', 2, 1],
      ['positions-d.parquet', 2, 0],
    ],
  )
  assert.match(report.landed[3]?.notes.join() ?? '', /'driver' is not in the contract/)
  for (const unit of ['A', 'B', 'C', 'D']) {
    assert.deepEqual(
      await room.lake.rows(
        `select unit_id, at, round(lat, 6) as lat, speed_kmh, ignition from upstander.positions where unit_id = '${unit}' order by at`,
      ),
      found.map(row => ({ ...row, unit_id: unit })),
    )
  }
  await room.close()
})

test('a Data Package names its files as it likes, in folders, several to a feed', async () => {
  const room = await openIntakeRoom()
  room.put('jan.csv', csv('A'))
  room.put('feb.csv', csv('B'))
  room.put(
    'datapackage.json',
    JSON.stringify({
      resources: [
        { name: 'positions', path: ['jan.csv', 'feb.csv'] },
        { name: 'postions', path: 'jan.csv' },
        { name: 'billing', path: '../billing.csv' },
        { name: 'duties', path: 'duties.csv' },
      ],
    }),
  )
  const report = await room.take()
  assert.deepEqual(
    report.landed.map(batch => batch.file),
    ['feb.csv', 'jan.csv'],
  )
  const reasons = report.ignored.map(file => file.reason).join('\n')
  assert.match(reasons, /nearest is "positions"/)
  assert.match(reasons, /points outside the folder/)
  assert.match(reasons, /not there: nothing was supplied/)
  await room.close()
})

test('a lake on a server is sent the rows, and lands them, rejects and line numbers alike', async () => {
  const messages =
    'message_id,device_address,other_address,direction,channel,at,text\r\nM1,+1,+2,out,sms,2025-05-01T10:00:00Z,"one\r\ntwo, ""2"""\r\nM2,+1,+2,out,post,2025-05-01T10:00:00Z,x\r\n\r\nM3,+1,+2,out,sms,2025-05-01T10:00:00Z,last'
  const byTabs = messages.replaceAll('out,', 'in,').replaceAll(/(?<!two),/g, '\t')
  const outcomes = []
  // In the part of a server, the embedded lake reads no file of ours: rows reach it only as a stream.
  for (const mode of ['embedded', 'server'] as const) {
    const room = await openIntakeRoom(lake => ({ ...lake, mode }))
    const reports = [await room.takeOne('messages.csv', messages), await room.takeOne('messages.csv', byTabs)]
    outcomes.push({
      counts: reports.map(({ landed: [batch] }) => [batch?.accepted, batch?.rejected, batch?.replaced]),
      rejects: (await room.rejects()).map(({ line, field, value }) => [line, field, value]),
      text: await room.lake.rows(
        'select message_id, direction, text from upstander.messages order by message_id',
      ),
    })
    await room.close()
  }
  assert.deepEqual(outcomes[0]?.counts, [
    [2, 1, 0],
    [2, 1, 2],
  ])
  assert.deepEqual(outcomes[0].rejects, [[4, 'channel', 'post']])
  assert.deepEqual(outcomes[0].text, [
    { message_id: 'M1', direction: 'in', text: 'one\r\ntwo, "2"' },
    { message_id: 'M3', direction: 'in', text: 'last' },
  ])
  assert.deepEqual(outcomes[1], outcomes[0])
})

test('a file is known by its feeds even when the folder has files nobody asked for', async () => {
  const room = await openIntakeRoom()
  room.put('staff.csv', 'staff_id,role,joined_on\nS1,officer,2020-01-01\n')
  room.put('staff_equality.csv', 'staff_id,sex\nS1,female\n')
  room.put('bilings.csv', 'x')
  room.put('people.xlsx', 'x')
  const report = await room.take()
  assert.deepEqual(
    report.landed.map(batch => batch.feed),
    ['staff', 'staff_equality'],
  )
  assert.deepEqual(report.ignored.map(file => file.name).toSorted(), ['bilings.csv', 'people.xlsx'])
  assert.match(report.ignored.find(file => file.name === 'bilings.csv')?.reason ?? '', /nearest is "billing"/)
  assert.equal(readFileSync(join(room.folder, 'bilings.csv'), 'utf8'), 'x')
  await room.close()
})
