import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../core/project-root.ts'
import { givenColumns, readFacts } from '../detection/facts.ts'
import { createFactTables } from '../detection/build-facts.ts'
import { readSql } from '../core/read-content.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { bandicootAnswers, type Answers, type Figures } from './bandicoot-answers.ts'
import type { CheckRow, RealDataCheck } from './check.ts'

/** Our contact figures against those of the research tool bandicoot, for each of its users. */
export const bandicootCheck: RealDataCheck = {
  dataSet: 'bandicoot',
  proves:
    'Contacts, conversations, nights, balances and delays are counted as published research counts them.',
  run: async ({ lake, folder }) => {
    await createFeedTables(lake, readFeeds().feeds)
    await createFactTables(lake)
    await lake.insert('upstander.devices', [
      {
        device_id: 'D1',
        kind: 'mobile',
        address: 'device',
        staff_id: 'user',
        shared: false,
        from_at: '2000-01-01 00:00:00',
      },
    ])
    const rows: CheckRow[] = []
    for (const answers of bandicootAnswers(folder)) {
      await fillContacts(lake, join(folder, answers.records))
      rows.push(...compare(answers, await ourFigures(lake, answers.weekly)))
      if (!answers.weekly) rows.push(...(await ourConversations(lake, answers)))
    }
    return rows
  },
}

const record = z.tuple([
  z.enum(['call', 'text']),
  z.enum(['in', 'out']),
  z.string(),
  z.string(),
  z.coerce.number().int(),
])

/** One user's records as a phone bill, made into contacts by the product's own fact. */
const fillContacts = async (lake: Lake, file: string): Promise<void> => {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  await lake.run('truncate table upstander.billing')
  await lake.insert(
    'upstander.billing',
    lines.map((line, n) => {
      const [interaction, direction, correspondent, at, seconds] = record.parse(line.split(',').slice(0, 5))
      return {
        // The order in the file decides between records of one second.
        record_id: String(n).padStart(6, '0'),
        device_address: 'device',
        other_address: correspondent,
        direction,
        kind: interaction === 'call' ? 'voice' : 'sms',
        at,
        duration_s: interaction === 'call' ? seconds : 0,
      }
    }),
  )
  const content = readFacts()
  await lake.run('truncate table upstander.contacts')
  for (const fact of content.facts.filter(({ name }) => name === 'contacts')) {
    const columns = givenColumns(fact)
    for (const statement of fact.statements) {
      await lake.run(`insert into upstander.contacts (${columns})\n${statement}`, {
        ...content.settings,
        from: '1970-01-01 00:00:00',
        shard: 0,
        shards: 1,
      })
    }
  }
}

const figuresSql = () => readSql(join(projectRoot, 'content', 'figures', 'contact-figures.sql'))
const gap = () => ({ conversation_gap_minutes: readFacts().settings['conversation_gap_minutes'] })

/** Our figures under the tool's names; by the week, the mean and spread over the weeks that have any. */
const ourFigures = async (lake: Lake, weekly: boolean): Promise<Figures> => {
  const query = weekly
    ? `select part_of_week, part_of_day, interaction, concat(name, over.1) as figure, over.2 as value
       from (
         select part_of_week, part_of_day, interaction, name,
           arrayJoin([('__mean', avg(value)), ('__std', stddevPop(value))]) as over
         from (${figuresSql()}) where bin != 'all' group by part_of_week, part_of_day, interaction, name
       )`
    : `select part_of_week, part_of_day, interaction, name as figure, value from (${figuresSql()}) where bin = 'all'`
  const rows = await lake.rows<
    Record<'part_of_week' | 'part_of_day' | 'interaction' | 'figure', string> & { value: number | null }
  >(query, gap())
  return new Map(
    rows.map(row => {
      const [indicator, ...statistics] = row.figure.split('__')
      return [
        [indicator, row.part_of_week, row.part_of_day, row.interaction, ...statistics].join('__'),
        row.value,
      ]
    }),
  )
}

/** One row an indicator that both define; one more for each figure that differs, and one for what we do not hold. */
const compare = ({ name, figures, decimals }: Answers, ours: Figures): CheckRow[] => {
  const shared = [...figures].filter(([key]) => ours.has(key))
  const differing = shared.filter(([key, theirs]) => !agrees(theirs, ours.get(key) ?? null, decimals))
  // An absent group, such as weekend calls of a user who made none, is null to the tool and no row to us.
  const missing = [...figures]
    .filter(([key, theirs]) => theirs !== null && !ours.has(key))
    .map(([key]) => key)
  const indicators = Map.groupBy(shared, ([key]) => key.split('__')[0] ?? '')
  return [
    ...[...indicators].map(([indicator, all]) => {
      const bad = all.filter(each => differing.includes(each)).length
      return {
        name: `${name}: ${indicator.replaceAll('_', ' ')}`,
        expected: all.length === 1 ? String(all[0]?.[1]) : `${all.length} figures`,
        got: all.length === 1 ? String(ours.get(all[0]?.[0] ?? '')) : `${all.length - bad} agree`,
        ok: bad === 0,
      }
    }),
    ...differing.map(([key, theirs]) => ({
      name: `${name}: ${key}`,
      expected: String(theirs),
      got: String(ours.get(key)),
      ok: false,
    })),
    {
      name: `${name}: figures we do not define`,
      expected: String(missing.length),
      got: 'not compared',
      ok: missing.every(key => notOurs.test(key)),
      cause: missing.length === 0 ? 'none' : indicatorsOf(missing),
    },
  ]
}

/** Figures of phone masts, home, top-ups and the user's wider network need records a force does not give. */
const notOurs = /antenna|home|gyration|recharge|churn|outofnetwork|reciprocity/

const indicatorsOf = (keys: readonly string[]): string =>
  `needs records a force does not hold: ${[...new Set(keys.map(key => (key.split('__')[0] ?? '').replaceAll('_', ' ')))].join(', ')}`

/** Equal to the digits the source gives; where it gives all of them, to nine. */
const agrees = (theirs: number | null, ours: number | null, decimals: number | undefined): boolean => {
  if (theirs === null || ours === null) return theirs === ours
  const tolerance =
    decimals === undefined ? 1e-9 * Math.max(1, Math.abs(theirs)) : 0.5 * 10 ** -decimals + 1e-9
  return Math.abs(theirs - ours) <= tolerance
}

/** The contact fact's own conversations: the same where texts are asked after; calls stand alone in ours and not in theirs. */
const ourConversations = async (lake: Lake, { name, figures, decimals }: Answers): Promise<CheckRow[]> => {
  const theirs = figures.get('percent_initiated_conversations__allweek__allday__callandtext') ?? null
  const [row] = await lake.rows<{ texts: number | null; either: number }>(
    `select
       countIf(kind = 'sms' and started_by = 'staff') / nullIf(countIf(kind = 'sms'), 0) as texts,
       countIf(started_by = 'staff') / count() as either
     from upstander.contacts where opens`,
  )
  const texts = row?.texts ?? null
  return [
    {
      name: `${name}: conversations of the contact fact that the user started, texts alone`,
      expected: String(theirs),
      got: String(texts),
      ok: agrees(theirs, texts, decimals),
    },
    {
      name: `${name}: the same, calls counted`,
      expected: String(theirs),
      got: String(row?.either),
      ok: row !== undefined,
      cause: 'bandicoot leaves calls out; to us a call is a conversation that stands alone',
    },
  ]
}
