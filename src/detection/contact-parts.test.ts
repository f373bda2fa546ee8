import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { openTestLake } from './built-world.ts'
import { loadRecords } from './load-world.ts'

const numbers = [1, 2, 3, 4, 5, 6, 7, 8]
const device = (n: number) => `+44770090000${n}`

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, {
    day0: '2025-06-02',
    records: {
      staff: numbers.map(n => ({ staff_id: `S${n}` })),
      devices: numbers.flatMap(n => [
        // Issued after its bill begins, and returned before it ends; every second one goes out to two people at once.
        { address: device(n), staff_id: `S${n}`, from_at: 'D2 00:00', to_at: 'D8 00:00' },
        ...(n % 2 === 0
          ? [{ address: device(n), staff_id: `S${n - 1}`, from_at: 'D2 00:00', to_at: 'D8 00:00' }]
          : []),
      ]),
      billing: numbers.map(n => ({
        device_address: device(n),
        other_address: '+447700900999',
        at: 'D0 10:00',
        repeat: 12,
        every: '1d',
      })),
    },
  })
})
after(() => lake.close())

const contacts = async (shards: number): Promise<string[]> => {
  await buildFacts({ lake, progress: silentProgress }, { shards })
  const rows = await lake.rows<{ line: string }>(
    `select concat(record_id, ' ', staff_id, ' ', toString(attribution)) as line from upstander.contacts order by line`,
  )
  return rows.map(({ line }) => line)
}

test('a contact on a device that nobody held, or two held, is there in however many parts the staff are taken', async () => {
  const whole = await contacts(1)
  assert.equal(whole.length, 8 * 12)
  for (const held of ['unknown', 'shared', 'held'])
    assert.ok(
      whole.some(line => line.endsWith(held)),
      held,
    )
  for (const shards of [2, 3, 5]) assert.deepEqual(await contacts(shards), whole, `${shards} parts`)
})
