import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readSettings } from '../core/settings.ts'
import { createFactTables } from '../detection/build-facts.ts'
import { readIndicators } from '../detection/indicators.ts'
import { contentDir, readSql } from '../core/read-content.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'

let lake: Lake
before(async () => {
  lake = await openLake(readSettings({}, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) }))
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
})
after(() => lake.close())

const sql = (name: string) => readSql(join(contentDir, 'figures', `${name}.sql`))

test('a third complaint 365 days after the first makes a cluster on that day; one 366 days after does not', async () => {
  const complaints = (staff: string, days: readonly string[]) =>
    days.map(day => ({
      complaint_id: `${staff} ${day}`,
      staff_id: staff,
      received_on: day,
      category: 'discourtesy',
    }))
  await lake.insert('upstander.complaints', [
    ...complaints('HIT', ['2023-01-01', '2023-06-01', '2024-01-01']),
    ...complaints('MISS', ['2023-01-01', '2023-06-01', '2024-01-02']),
  ])
  assert.deepEqual(
    await lake.rows(sql('complaint-cluster'), { complaints: 3, days: 365, shard: 0, shards: 1 }),
    [{ staff_id: 'HIT', found_on: '2024-01-01', complaints_within: 3 }],
  )
})

test('the indicator of three complaints in a year counts as that figure does, which public data with a known answer are held to', async () => {
  const gaps = [1, 40, 122, 200, 365, 366, 30, 180, 184, 1]
  const complaints = ['A', 'B', 'C', 'D', 'E'].flatMap((staff, shift) => {
    let day = Date.UTC(2015, 0, 1)
    return gaps.map((_, at) => {
      day += (gaps[(at + 2 * shift) % gaps.length] ?? 1) * 86_400_000
      return {
        complaint_id: `${staff} ${at}`,
        staff_id: staff,
        received_on: new Date(day).toISOString().slice(0, 10),
        category: 'other',
      }
    })
  })
  await lake.insert('upstander.complaints', complaints)
  const parameters = { complaints: 3, days: 365, shard: 0, shards: 1 }
  const daysOf = (query: string) =>
    lake.rows(`select staff_id, toString(found_on) as day from (${query}) order by staff_id, day`, parameters)
  const indicator = readIndicators().find(each => each.id === 'three-complaints')
  assert.deepEqual(await daysOf(indicator?.query ?? ''), await daysOf(sql('complaint-cluster')))
})

test('texts under an hour apart are one conversation, an hour apart are two, and a call parts them', async () => {
  const contact = (time: string, direction: string, kind: string, n: number) => ({
    record_id: `billing:${n}`,
    staff_id: 'S1',
    party_id: 'P1',
    direction,
    kind,
    at: `2024-03-04 ${time}`,
    duration_s: kind === 'voice' ? 60 : 0,
  })
  await lake.insert('upstander.contacts', [
    contact('10:00:00', 'in', 'sms', 1),
    contact('10:59:59', 'out', 'sms', 2),
    contact('11:59:59', 'out', 'sms', 3),
    contact('12:00:00', 'out', 'voice', 4),
    contact('12:01:00', 'in', 'sms', 5),
  ])
  const rows = await lake.rows<{ name: string; value: number | null }>(
    `select name, value from (${sql('contact-figures')})
     where bin = 'all' and part_of_week = 'allweek' and part_of_day = 'allday' and interaction = 'callandtext'`,
    { conversation_gap_minutes: 60 },
  )
  const figure = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  // Conversations of texts: 10:00 (in, answered), 11:59 (out), 12:01 (in, not answered).
  assert.equal(figure['percent_initiated_conversations'], 1 / 3)
  assert.equal(figure['response_rate_text'], 1 / 2)
  assert.equal(figure['response_delay_text__mean'], 3599)
  assert.equal(figure['active_days'], 1)
})
