import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readSettings } from '../core/settings.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { createFactTables } from './build-facts.ts'
import { fillLocate, lexiconParameters, readLexicon, type LexiconParameters } from './lexicon.ts'
import { contentDir, readSql } from '../core/read-content.ts'

type Hit = {
  record_id: string
  staff_id: string
  family: string
  pattern: string
  aimed: number
  own_words: number
  snippet: string
}
type Message = { id: string; text: string; channel?: string; direction?: string; billed?: boolean }

let lake: Lake
before(async () => {
  lake = await openLake(readSettings({}, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) }))
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
})
after(() => lake.close())

const sql = fillLocate(readSql(join(contentDir, 'facts', 'message-hit.sql')))

/** Finds in these messages alone, each with its words; message `n` is sent in minute 10 n. */
const hitsIn = async (
  messages: readonly Message[],
  lexicon: LexiconParameters = lexiconParameters(),
  scope = {},
) => {
  await lake.run('truncate table upstander.messages')
  await lake.run('truncate table upstander.contacts')
  const shared = ({ direction = 'out' }: Message, n: number) => ({
    direction,
    at: 1_700_000_000 + n * 600,
    device_address: '+447700900001',
    other_address: '+447700900002',
  })
  await lake.insert(
    'upstander.messages',
    messages.map((each, n) => ({
      ...shared(each, n),
      message_id: each.id,
      text: each.text,
      channel: each.channel ?? 'sms',
    })),
  )
  await lake.insert(
    'upstander.contacts',
    messages.map((each, n) => ({
      ...shared(each, n),
      record_id: each.billed === true ? `billing:${each.id}` : `messages:${each.id}`,
      kind: each.channel ?? 'sms',
      staff_id: 'S1',
      party_id: 'P1',
      person_id: 'P1',
    })),
  )
  return lake.rows<Hit>(
    `select h.*, substringUTF8(m.text, h.snippet_start + 1, h.snippet_length) as snippet
     from (${sql}) as h inner join upstander.messages as m on h.record_id = concat('messages:', m.message_id)
     order by h.record_id, h.family`,
    { ...lexicon, from: '1970-01-01 00:00:00', shard: 0, shards: 1, ...scope },
  )
}

const all = readLexicon().flatMap(({ family, patterns }) => patterns.map(each => ({ family, ...each })))

test('every pattern finds its own example', async () => {
  // Each pattern as a family of its own, so that a neighbour cannot find it instead.
  const names = all.map(({ family, id }) => `${family}/${id}`)
  const hits = await hitsIn(
    all.map(({ hit }, n) => ({ id: names[n] ?? '', text: hit })),
    { ...lexiconParameters(), families: names, names },
  )
  const found = new Set(
    hits.filter(hit => hit.record_id === `messages:${hit.family}`).map(({ family }) => family),
  )
  assert.deepEqual(
    names.filter(name => !found.has(name)),
    [],
  )
})

test('no benign counter-example is found, by its own or any other family', async () => {
  const hits = await hitsIn(all.map(({ family, id, benign }) => ({ id: `${family}/${id}`, text: benign })))
  assert.deepEqual(
    hits.map(({ record_id, family, pattern, snippet }) => `${record_id} ${family}/${pattern}: ${snippet}`),
    [],
  )
})

/** Messages kept beside the lexicon, one a line. */
const kept = (file: string): string[] =>
  readFileSync(join(contentDir, 'lexicon', file), 'utf8')
    .trim()
    .split('\n')

test('ordinary police messages, however close to the edge, are not found', async () => {
  const texts = [...kept('ordinary-messages.txt'), ...kept('edge-messages.txt')]
  const hits = await hitsIn(texts.map((text, n) => ({ id: String(n), text })))
  assert.deepEqual(
    hits.map(({ record_id, family, snippet }) => [texts[Number(record_id.slice(9))], family, snippet]),
    [],
  )
})

test('messages that cross the boundary are each found by at least one family', async () => {
  const texts = kept('boundary-messages.txt')
  const hits = await hitsIn(texts.map((text, n) => ({ id: String(n), text })))
  const found = new Set(hits.map(({ record_id }) => Number(record_id.slice(9))))
  assert.deepEqual(
    texts.filter((_, n) => !found.has(n)),
    [],
  )
})

const words = (hits: readonly Hit[]) =>
  hits.map(({ record_id, family, snippet }) => `${record_id} ${family} "${snippet}"`)

test('the snippet points at the words in characters, whatever stands before them', async () => {
  const hits = await hitsIn([{ id: 'M1', text: 'Café closed 😀 – never mind. You have lovely eyes' }])
  assert.deepEqual(words(hits), ['messages:M1 compliment "lovely eyes"'])
})

test('a kiss is known by its place: after words, a number or a time, and not where it names or multiplies', async () => {
  const kisses = [
    'See you at 4 x',
    'Ring me on 07700900123 x',
    'Your ref is 4471/24 x',
    'back at 6pm x',
    'see you at 7x',
    'Ok x I will ring',
  ]
  const others = [
    'Ask for Sgt X',
    'It was a 4x4',
    'planks of 2 x 4 x 6',
    'Gate X',
    'Ref 20240613X',
    'kicked 3 x',
    'size 10x',
    'follow us on X',
  ]
  const texts = [...kisses, ...others]
  const hits = await hitsIn(texts.map((text, n) => ({ id: String(n), text })))
  assert.deepEqual(
    hits.filter(hit => hit.family === 'kiss_token').map(hit => texts[Number(hit.record_id.slice(9))]),
    kisses,
  )
})

test('curly apostrophes, capitals and short spellings say the same', async () => {
  const texts = ['DON’T tell anyone about us', 'see u at court tomorow', 'MISSING U LOADS', 'I’M all u need']
  const hits = await hitsIn(texts.map((text, n) => ({ id: String(n), text })))
  assert.deepEqual([...new Set(hits.map(hit => Number(hit.record_id.slice(9))))], [0, 2, 3])
})

test("somebody else's words - quoted, in a mail's history, or the caller's in a transcript - are not the writer's", async () => {
  const hits = await hitsIn([
    { id: 'M1', text: 'His text to her says "send me a selfie babe xx" and “our little secret”.' },
    { id: 'M2', text: 'Noted, thank you.\n> Are you on Facebook at all?', channel: 'email' },
    {
      id: 'M3',
      text: 'Caller: he says keep it a secret\nPolice: are you safe now?',
      channel: 'call_transcript',
    },
    { id: 'M4', text: 'He said "stay away" but this is our little secret', channel: 'sms' },
  ])
  assert.deepEqual(words(hits), ['messages:M4 secrecy "our little secret"'])
})

test("a mail's history is somebody else's; so is a transcript's caller; who speaks is not known where nobody is named", async () => {
  const history = 'Noted.\n\n-----Original Message-----\nFrom: A\nSent: Monday\nThis is our little secret'
  const said = 'Operator: this is our little secret'
  const hits = await hitsIn([
    { id: 'M1', text: history, channel: 'email' },
    { id: 'M2', text: 'No.\nOn Mon 2 Jun 2025 at 10:00, A B wrote:\nour little secret', channel: 'email' },
    { id: 'M4', text: said, channel: 'call_transcript' },
    { id: 'M5', text: 'this is our little secret', channel: 'call_transcript' },
  ])
  assert.deepEqual(
    hits.map(hit => [hit.record_id, Boolean(hit.own_words)]),
    [
      ['messages:M4', true],
      ['messages:M5', false],
    ],
  )
})

test('words that an account of an offence may hold are told from words aimed at the other party', async () => {
  const hits = await hitsIn([
    { id: 'M1', text: 'Sorry to ask, were you naked with your top off?' },
    { id: 'M2', text: 'I really want to kiss you' },
  ])
  assert.deepEqual(
    hits.map(hit => [hit.record_id, hit.family, Boolean(hit.aimed)]),
    [
      ['messages:M1', 'sexual', false],
      ['messages:M2', 'sexual', true],
    ],
  )
})

test('an exception near the words drops the find; the same exception far away does not', async () => {
  const far = 'The witness list for the hearing is with the clerk at the court and will reach you by post. '
  const hits = await hitsIn([
    { id: 'M1', text: 'As a witness please keep it to yourself until the trial' },
    { id: 'M2', text: `${far}Anyway keep it to yourself` },
  ])
  assert.deepEqual(words(hits), ['messages:M2 secrecy "keep it to yourself"'])
})

test('one row a family, at its first place, for a text that the bill also shows and for one that it does not', async () => {
  const text = 'Hey gorgeous, miss you. Night night babe xx'
  const hits = await hitsIn([
    { id: 'M1', text, billed: true },
    { id: 'M2', text, direction: 'in' },
  ])
  assert.deepEqual(
    words(hits),
    ['messages:M1', 'messages:M2'].flatMap(id => [
      `${id} affiliation "miss you"`,
      `${id} kiss_token " xx"`,
      `${id} pet_name "Hey gorgeous"`,
    ]),
  )
  assert.ok(hits.every(hit => hit.staff_id === 'S1'))
})

test('the staff cut in two shards give the same finds as the whole', async () => {
  const messages = [{ id: 'M1', text: 'our little secret' }]
  const whole = await hitsIn(messages)
  const parts = [
    ...(await hitsIn(messages, undefined, { shards: 2, shard: 0 })),
    ...(await hitsIn(messages, undefined, { shards: 2, shard: 1 })),
  ]
  assert.deepEqual(parts, whole)
  assert.equal(whole.length, 1)
})
