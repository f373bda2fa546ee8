import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/core/settings.ts'
import { createFactTables } from '../src/detection/build-facts.ts'
import { givenColumns, readFacts } from '../src/detection/facts.ts'
import { lexiconParameters } from '../src/detection/lexicon.ts'
import { createFeedTables } from '../src/intake/feed-tables.ts'
import { readFeeds } from '../src/intake/feeds.ts'
import { openLake, type Lake } from '../src/lake/lake.ts'
import { randomFor } from '../src/simulate/random.ts'
import { readTexts, type TextKind } from '../src/simulate/texts.ts'

/** The lexicon over so many messages, in a process of its own: preparing the patterns is part of it. */
export type LexiconFigure = {
  readonly messages: number
  readonly seconds: number
  /** Processor seconds of every thread. */
  readonly cpuSeconds: number
  /** Processor seconds of the same statement over one message: what a process pays once. */
  readonly onceCpuSeconds: number
  readonly peakMb: number
  readonly hits: number
}

/** About what a force of 6,000 sends in a month. */
export const lexiconMessages = 2_000_000

/** Of each kind of text, how many in a thousand: evidence (a) has kisses at 1.5 in a thousand, so this is a warm-hearted force. */
const perThousand: Readonly<Partial<Record<TextKind, number>>> = {
  staff: 560,
  public: 340,
  family_liaison: 35,
  family: 25,
  colleague: 15,
  public_kiss: 12,
  warm: 6,
  early_improper: 4,
  later_improper: 3,
}

/** Made-up messages of the kinds a force sends, between 2,000 telephones and 40,000 numbers, each a contact as well. */
const makeMessages = async (lake: Lake, rows: number): Promise<void> => {
  const random = randomFor(1, 'lexicon')
  const write = readTexts()
  const stock = Array.from({ length: 20_000 }, (_, place) => ({
    place,
    text: write(random, random.pickShare(perThousand), `42/${place}/25`),
  }))
  await lake.run('create table stock (place UInt32, text String) engine = MergeTree order by place')
  await lake.insert('stock', stock)
  const made = `
    select
      concat('M', toString(n.number)) as message_id, concat('+447210', toString(100000 + n.number % 2000)) as device_address,
      concat('+447110', toString(100000 + n.number % 40000)) as other_address, if(n.number % 2 = 0, 'out', 'in') as direction,
      toDateTime('2025-01-01 00:00:00') + n.number * 7 as at, s.text as text
    from numbers({rows:UInt32}) as n
    inner join stock as s on s.place = n.number % 20000`
  await lake.run(
    `insert into upstander.messages (message_id, device_address, other_address, direction, channel, at, text)
     select message_id, device_address, other_address, direction, 'sms', at, text from (${made})`,
    { rows },
  )
  await lake.run(
    `insert into upstander.contacts (record_id, device_address, other_address, direction, kind, at, staff_id, party_id, person_id)
     select concat('messages:', message_id), device_address, other_address, direction, 'sms', at, device_address, other_address, other_address
     from (${made})`,
    { rows },
  )
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const measure = async (dataDir: string, messages: number): Promise<LexiconFigure> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
  const { facts, settings } = readFacts()
  const fact = facts.find(each => each.name === 'message_hits')
  const columns = fact === undefined ? '' : givenColumns(fact)
  const build = async (): Promise<void> => {
    await lake.run('truncate table upstander.message_hits')
    for (const statement of fact?.statements ?? [])
      await lake.run(`insert into upstander.message_hits (${columns})\n${statement}`, {
        ...settings,
        ...lexiconParameters(),
        from: '1970-01-01 00:00:00',
        shard: 0,
        shards: 1,
      })
  }
  await makeMessages(lake, messages)
  const began = performance.now()
  const cpuBegan = cpuSeconds()
  await build()
  const seconds = (performance.now() - began) / 1000
  const spent = cpuSeconds() - cpuBegan
  const [found] = await lake.rows<{ n: number }>('select count() as n from upstander.message_hits')
  await lake.close()
  return {
    messages,
    seconds,
    cpuSeconds: spent,
    onceCpuSeconds: 0,
    peakMb: process.resourceUsage().maxRSS / 1024,
    hits: found?.n ?? 0,
  }
}

/** Measures the lexicon over so many messages, in processes of their own. */
export const benchLexicon = (messages: number): LexiconFigure => {
  const figure = apart(messages)
  return { ...figure, onceCpuSeconds: apart(1).cpuSeconds }
}

const apart = (messages: number): LexiconFigure => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-bench-'))
  try {
    const child = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), '--data', dir, '--messages', String(messages)],
      { encoding: 'utf8', maxBuffer: 1 << 24 },
    )
    if (child.status !== 0) throw new Error(`The lexicon failed:\n${child.stderr}`)
    return JSON.parse(child.stdout) as LexiconFigure
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const inOwnProcess = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { data: { type: 'string', default: '' }, messages: { type: 'string', default: '' } },
  })
  process.stdout.write(JSON.stringify(await measure(values.data, Number(values.messages))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await inOwnProcess()
