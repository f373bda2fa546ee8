import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readFeeds, type Feed } from '../src/intake/feeds.ts'

/** People who become known on the last day. */
const newPeople = 20

/**
 * Cuts a package in two: what a force would have supplied up to the day before, and what it would send on the night of `day`.
 * Rows go by their event time; feeds without one go to the first part, but for the last people.
 */
export const cutLastDay = async (from: string, before: string, night: string, day: string): Promise<void> => {
  mkdirSync(before, { recursive: true })
  mkdirSync(night, { recursive: true })
  for (const feed of readFeeds().feeds) await cutFeed(feed, from, before, night, day)
}

const cutFeed = async (
  feed: Feed,
  from: string,
  before: string,
  night: string,
  day: string,
): Promise<void> => {
  const name = `${feed.name}.csv`
  const parts = [before, night].map(dir => createWriteStream(join(dir, name)))
  const [first, second] = parts
  if (first === undefined || second === undefined) return
  let header: string[] | undefined
  let held: string[] = []
  for await (const row of records(join(from, name))) {
    if (header === undefined) {
      header = row.split(',')
      for (const part of parts) part.write(`${row}\n`)
      continue
    }
    if (feed.name === 'people') {
      held.push(row)
      if (held.length <= newPeople) continue
      first.write(`${held.shift() ?? ''}\n`)
      continue
    }
    const at = feed.eventTime === undefined ? '' : cell(row, header.indexOf(feed.eventTime.name))
    const target = at >= day ? second : first
    if (!target.write(`${row}\n`)) await once(target, 'drain')
  }
  for (const row of held) second.write(`${row}\n`)
  for (const part of parts) {
    part.end()
    await once(part, 'finish')
  }
  held = []
}

/** Rows of a CSV file: a quoted field may hold line ends. */
const records = async function* (file: string): AsyncGenerator<string> {
  let open = ''
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const row = open === '' ? line : `${open}\n${line}`
    if (row.includes('"') && row.split('"').length % 2 === 0) open = row
    else {
      open = ''
      yield row
    }
  }
}

const cell = (row: string, place: number): string => {
  if (!row.includes('"')) return row.split(',')[place] ?? ''
  const fields = row.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,"]*)/g) ?? []
  return (fields[place] ?? '').replaceAll('"', '')
}
