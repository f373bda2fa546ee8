import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { creditAll, findAll } from './findings.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: [{ staff_id: 'S1', personal_number: '+447700900955', personal_email: 'jo.s@home.example' }],
      devices: [{ address: '+447700900001', staff_id: 'S1' }],
      people: [{ person_id: 'P1' }],
      person_numbers: [{ person_id: 'P1', number: '+447700900101' }],
      messages: [
        'Text me on 07700 900955 instead, or jo.s@home.example',
        'You have lovely eyes, this is our little secret',
      ].map(text => ({
        device_address: '+447700900001',
        other_address: '+447700900101',
        at: 'D0 12:00',
        text,
      })),
    },
  })
  const deps = { lake, progress: silentProgress }
  await creditAll(deps)
  await findAll(deps)
})
after(() => lake.close())

test('no finding repeats what a message said: the words stay in the message until somebody opens it', async () => {
  const rows = await lake.rows<{ indicator: string; said: string }>(
    'select toString(indicator) as indicator, lower(toJSONString(detail)) as said from upstander.findings',
  )
  for (const indicator of ['personal-details-given', 'boundary-language'])
    assert.ok(
      rows.some(row => row.indicator === indicator),
      `${indicator} found something`,
    )
  for (const words of ['900955', 'jo.s', 'home.example', 'lovely', 'eyes', 'little'])
    assert.deepEqual(
      rows.filter(({ said }) => said.includes(words)).map(({ indicator }) => indicator),
      [],
      words,
    )
})
