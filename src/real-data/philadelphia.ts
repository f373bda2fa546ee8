import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { contentDir, readSql } from '../core/read-content.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import type { CheckRow, RealDataCheck } from './check.ts'

const trigger = z.object({
  officers_flagged: z.number(),
  first_trigger_sample: z.array(z.tuple([z.string(), z.string()])),
})

const expectedFile = z.object({
  distinct_officer_complaint_pairs: z.number(),
  officers: z.number(),
  deciles_complaint_count_ascending: z.array(z.number()),
  top_decile_share: z.number(),
  top_decile_median: z.number(),
  max_in_any_365_days_histogram: z.record(z.string(), z.number()),
  max_in_any_365_days_top: z.array(z.tuple([z.string(), z.number()])),
  rule_3_in_12_months: z.object({ days365_inclusive: trigger, days90_inclusive: trigger }),
})

/** Repeated complaints about one officer, found as a published study and an early-intervention rule find them. */
export const philadelphiaCheck: RealDataCheck = {
  dataSet: 'philadelphia-complaints',
  proves: 'Three or more complaints in twelve months are found for the right officers on the right days.',
  run: async ({ lake, folder }) => {
    const expected = expectedFile.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
    await fillComplaints(lake, folder)
    const [size] = await lake.rows<{ complaints: number; officers: number }>(
      'select count() as complaints, uniqExact(staff_id) as officers from upstander.complaints',
    )
    const year = expected.rule_3_in_12_months.days365_inclusive
    const quarter = expected.rule_3_in_12_months.days90_inclusive
    return [
      same('complaints by officer', expected.distinct_officer_complaint_pairs, size?.complaints),
      same('officers', expected.officers, size?.officers),
      ...triggerRows('365 days', year, await firstTriggers(lake, 365)),
      ...triggerRows('90 days', quarter, await firstTriggers(lake, 90)),
      ...(await mostRows(lake, expected)),
      ...(await decileRows(lake, expected)),
    ]
  },
}

const same = (name: string, expected: unknown, got: unknown): CheckRow => {
  const [one, other] = [expected, got].map(each => (typeof each === 'string' ? each : JSON.stringify(each)))
  return { name, expected: one ?? '', got: other ?? '', ok: one === other }
}

/** A complaint about several officers is one complaint for each of them. */
const fillComplaints = async (lake: Lake, folder: string): Promise<void> => {
  await createFeedTables(lake, readFeeds().feeds)
  const [, ...lines] = gunzipSync(readFileSync(join(folder, 'complaints.csv.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
  const rows = lines.map(line => {
    const [complaint = '', received = '', , , officer = ''] = fieldsOf(line)
    return {
      complaint_id: `${complaint}:${officer}`,
      staff_id: officer,
      received_on: received,
      category: 'other',
    }
  })
  await lake.insert('upstander.complaints', [...new Map(rows.map(row => [row.complaint_id, row])).values()])
}

/** Fields of a CSV line, some of which are quoted because they hold commas. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = '']) => field.replaceAll('"', ''))

type Trigger = { readonly staff_id: string; readonly first_on: string }

const firstTriggers = (lake: Lake, days: number): Promise<Trigger[]> =>
  lake.rows<Trigger>(
    `select staff_id, min(found_on) as first_on from (${clusterSql()}) group by staff_id order by first_on, staff_id`,
    { complaints: 3, days, shard: 0, shards: 1 },
  )

const clusterSql = () => readSql(join(contentDir, 'figures', 'complaint-cluster.sql'))

const triggerRows = (
  span: string,
  expected: z.output<typeof trigger>,
  got: readonly Trigger[],
): CheckRow[] => {
  const sample = expected.first_trigger_sample
  const ours = got.slice(0, sample.length).map(({ staff_id, first_on }) => [staff_id, first_on])
  const agreeing = sample.filter((pair, n) => pair.join() === ours[n]?.join()).length
  return [
    same(`officers with three or more in ${span}`, expected.officers_flagged, got.length),
    same(`first of them, by officer and day, ${span}`, `${sample.length} agree`, `${agreeing} agree`),
  ]
}

type Expected = z.output<typeof expectedFile>

const mostRows = async (lake: Lake, expected: Expected): Promise<CheckRow[]> => {
  const most = await lake.rows<{ staff_id: string; most: number }>(
    `select staff_id, max(complaints_within) as most from (${clusterSql()}) group by staff_id order by most desc, staff_id`,
    { complaints: 1, days: 365, shard: 0, shards: 1 },
  )
  const histogram = Object.fromEntries(
    [...Map.groupBy(most, row => row.most)]
      .sort(([a], [b]) => a - b)
      .map(([count, rows]) => [String(count), rows.length]),
  )
  const top = most.slice(0, expected.max_in_any_365_days_top.length).map(row => [row.staff_id, row.most])
  return [
    same('officers by their most in any 365 days', expected.max_in_any_365_days_histogram, histogram),
    same('the twenty with most in any 365 days', expected.max_in_any_365_days_top, top),
  ]
}

const decileRows = async (lake: Lake, expected: Expected): Promise<CheckRow[]> => {
  const tenths = await lake.rows<{ complaints: number; middle: number }>(
    readSql(join(contentDir, 'figures', 'complaint-deciles.sql')),
  )
  const counts = tenths.map(({ complaints }) => complaints)
  const share = (counts.at(-1) ?? 0) / counts.reduce((sum, each) => sum + each, 0)
  return [
    same('complaints of each tenth of the officers', expected.deciles_complaint_count_ascending, counts),
    same('share of the top tenth', expected.top_decile_share.toFixed(6), share.toFixed(6)),
    same('middle count of the top tenth', expected.top_decile_median, tenths.at(-1)?.middle),
  ]
}
