import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSettings } from '../core/settings.ts'
import { openLake } from '../lake/lake.ts'
import { createFactTable } from './build-facts.ts'
import { givenColumns, readFacts, type Fact } from './facts.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'upstander-parts-'))
const lake = await openLake(readSettings({}, { dataDir }))

after(async () => {
  await lake.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const factOf = (name: string): Fact => {
  const fact = readFacts().facts.find(each => each.name === name)
  assert.ok(fact)
  return fact
}

/** How many parts of a fact of a thousand members of staff the lake reads, asked as every statement asks for its own. */
const partsRead = async (name: string, shards: number): Promise<string> => {
  const fact = factOf(name)
  await createFactTable(lake, fact, true, shards)
  assert.ok(givenColumns(fact).includes('staff_id'))
  await lake.run(
    `insert into upstander.${name} (staff_id) select concat('S', toString(number)) from numbers(1000)`,
  )
  const plan = await lake.rows<{ explain: string }>(
    `explain indexes = 1 select count() from (
       select staff_id, person_id from upstander.${name} where person_id = '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})`,
    { shards: 4, shard: 1 },
  )
  return plan.flatMap(({ explain }) => /Parts: (\d+\/\d+)/.exec(explain)?.[1] ?? []).join(' ')
}

test('the statements of one part of the staff read no other part', async () => {
  assert.match(await partsRead('contacts', 4), /\b1\/4\b/)
})

test('a fact that was made in other parts is read whole, and nothing is missed', async () => {
  assert.doesNotMatch(await partsRead('contacts', 3), /\b[12]\/3\b/)
  const [row] = await lake.rows<{ staff: number }>(
    `select sum(n) as staff from (
       select count() as n from upstander.contacts where cityHash64(staff_id) % {shards:UInt32} = 0
       union all select count() from upstander.contacts where cityHash64(staff_id) % {shards:UInt32} = 1)`,
    { shards: 2 },
  )
  assert.equal(row?.staff, 1000)
})

test('a fact that every part needs whole lies together', async () => {
  await createFactTable(lake, factOf('case_people'), true, 4)
  const [row] = await lake.rows<{ key: string }>(
    `select partition_key as key from system.tables where database = 'upstander' and name = 'case_people'`,
  )
  assert.equal(row?.key, '')
})
