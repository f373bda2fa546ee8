import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createFactTables } from '../detection/build-facts.ts'
import { fillLocate, lexiconParameters, readLexicon, type LexiconEntry } from '../detection/lexicon.ts'
import { contentDir, readSql } from '../core/read-content.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { CheckDeps, CheckRow, RealDataCheck } from './check.ts'

type Text = { readonly id: string; readonly uk: boolean; readonly text: string }

/** Finds of each lexicon family in benign texts between friends, as a rate, against the family's ceiling. */
export const smsSpamCheck: RealDataCheck = {
  dataSet: 'uci-sms-spam',
  proves: 'No lexicon family finds more in ordinary British and Singaporean texts than it is held to.',
  run: async deps => {
    const texts = readBenign(deps.folder)
    const counts = await countFinds(deps, texts)
    const uk = texts.filter(text => text.uk).length
    return [
      agree('benign texts', 4825, texts.length),
      agree('benign texts, mostly from the UK', 1071, uk),
      ...readLexicon().flatMap(entry => [
        held(
          entry,
          'all',
          entry.ceiling.benign_per_10000,
          counts.get(`${entry.family} all`) ?? 0,
          texts.length,
        ),
        held(entry, 'UK', entry.ceiling.uk_per_10000, counts.get(`${entry.family} uk`) ?? 0, uk),
      ]),
      several('all', counts.get('several all') ?? 0, texts.length),
      several('UK', counts.get('several uk') ?? 0, uk),
    ]
  },
}

const agree = (name: string, expected: number, got: number): CheckRow => ({
  name,
  expected: String(expected),
  got: String(got),
  ok: expected === got,
})

const per10000 = (finds: number, texts: number): number => (finds * 10_000) / texts

const held = (
  entry: LexiconEntry,
  which: string,
  ceiling: number,
  finds: number,
  texts: number,
): CheckRow => ({
  name: `${entry.family}, ${which}`,
  expected: `at most ${ceiling} per 10,000`,
  got: `${per10000(finds, texts).toFixed(1)} per 10,000 (${finds} of ${texts})`,
  ok: per10000(finds, texts) <= ceiling,
})

/** Not held to a ceiling of its own: what the rule "two families with one party" would meet were every text a pair. */
const several = (which: string, finds: number, texts: number): CheckRow => ({
  name: `two families other than a kiss in one text, ${which}`,
  expected: 'printed',
  got: `${per10000(finds, texts).toFixed(1)} per 10,000 (${finds} of ${texts})`,
  ok: true,
})

/** The texts labelled ham. The file quotes as CSV does and writes angle brackets and ampersands as entities. */
const readBenign = (folder: string): Text[] =>
  gunzipSync(readFileSync(join(folder, 'sms.tsv.gz')))
    .toString('utf8')
    .split('\n')
    .map(line => line.split('\t'))
    .filter(([label]) => label === 'ham')
    .map(([, origin, ...rest], n) => ({
      id: String(n),
      uk: origin === 'other',
      text: plain(rest.join('\t')),
    }))

/** A few texts are wrapped in quotation marks by whoever gathered them; left in, they would hide the text from the lexicon. */
const plain = (raw: string): string => {
  const text = /^".*"$/.test(raw) ? raw.slice(1, -1).replaceAll('""', '"') : raw
  const bare = /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text
  return bare.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

const countFinds = async ({ lake }: CheckDeps, texts: readonly Text[]): Promise<Map<string, number>> => {
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
  const shared = (text: Text) => ({
    device_address: text.uk ? 'uk' : 'other',
    other_address: text.id,
    direction: 'out',
    at: '2005-01-01 12:00:00',
  })
  await lake.insert(
    'upstander.messages',
    texts.map(text => ({ ...shared(text), message_id: text.id, channel: 'sms', text: text.text })),
  )
  await lake.insert(
    'upstander.contacts',
    texts.map(text => ({
      ...shared(text),
      record_id: `messages:${text.id}`,
      staff_id: text.uk ? 'uk' : 'other',
      party_id: text.id,
      kind: 'sms',
    })),
  )
  const fact = fillLocate(readSql(join(contentDir, 'facts', 'message-hit.sql')))
  const rows = await lake.rows<{ what: string; finds: number }>(
    `with
       hits as (${fact}),
       counted as (select family as what, staff_id = 'uk' as uk from hits),
       double as (
         select 'several' as what, any(staff_id) = 'uk' as uk from hits
         where family != 'kiss_token' group by record_id having uniqExact(family) >= 2
       )
     select concat(what, ' ', which) as what, count() as finds
     from (select *, arrayJoin(if(uk, ['all', 'uk'], ['all'])) as which from (select * from counted union all select * from double))
     group by what, which`,
    { ...lexiconParameters(), from: '1970-01-01 00:00:00', shard: 0, shards: 1 },
  )
  return new Map(rows.map(({ what, finds }) => [what, finds]))
}
