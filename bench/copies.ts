import { givenColumns, readFacts } from '../src/detection/facts.ts'
import { findAll } from '../src/detection/findings.ts'
import { readIndicators } from '../src/detection/indicators.ts'
import { lexiconParameters } from '../src/detection/lexicon.ts'
import { silentProgress } from '../src/core/progress.ts'
import type { Lake } from '../src/lake/lake.ts'

/** Columns by which a copy differs from its original: another member of staff, another telephone, another person. */
const copied: Readonly<Record<string, readonly string[]>> = {
  devices: ['device_id', 'address', 'staff_id'],
  duties: ['duty_id', 'staff_id'],
  absences: ['staff_id'],
  postings: ['staff_id'],
  person_numbers: ['person_id', 'number'],
  billing: ['record_id', 'device_address', 'other_address'],
  messages: ['message_id', 'device_address', 'other_address'],
  system_access: ['access_id', 'staff_id'],
}

/** Makes a force of `copies` times the staff, each copy living the same days with people of its own. */
export const copyStaff = async (lake: Lake, copies: number): Promise<void> => {
  for (const [feed, columns] of Object.entries(copied)) {
    const changed = columns
      .map(column => `if(${column} = '', '', concat(${column}, '~', toString(copy))) as ${column}`)
      .join(', ')
    const names = await lake.rows<{ name: string }>(
      `select name from system.columns where database = 'upstander' and table = {feed:String}`,
      { feed },
    )
    const list = names.map(({ name }) => name).join(', ')
    await lake.run(
      `insert into upstander.${feed} (${list})
       select ${list} from (select * replace (${changed}) from upstander.${feed} cross join (select number + 1 as copy from numbers({copies:UInt32} - 1)) as n)`,
      { copies },
    )
  }
}

/** Builds the facts of contacts, messages and look-ups, and runs the contact indicators, on whatever the lake holds. */
export const buildContacts = async (lake: Lake): Promise<void> => {
  const { facts, settings } = readFacts()
  const parameters = { ...settings, ...lexiconParameters(), from: '1970-01-01 00:00:00', shard: 0, shards: 1 }
  for (const name of ['duty_states', 'contacts', 'message_hits', 'pair_days', 'lookups']) {
    const fact = facts.find(each => each.name === name)
    await lake.run(`truncate table upstander.${name}`)
    const columns = fact === undefined ? '' : givenColumns(fact)
    for (const statement of fact?.statements ?? [])
      await lake.run(`insert into upstander.${name} (${columns})\n${statement}`, parameters)
  }
  await findAll(
    { lake, progress: silentProgress },
    { indicators: readIndicators().filter(each => each.family === 'F1') },
  )
}
