import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { addDays, dayOf, type Clock } from '../core/clock.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { inspectionNotes, rowNotes } from './batch-notes.ts'
import { commitBatch, journalBatch, type Batch } from './commit-batch.ts'
import { stagingDatabase } from './feed-tables.ts'
import type { Feed, FeedBook } from './feeds.ts'
import type { SourceFile } from './find-files.ts'
import { inspectFile, refused, type Inspection } from './inspect-file.ts'
import { matchColumns, matchCsvColumns, type ColumnMatch } from './match-columns.ts'
import { parquetColumns, type ParquetColumn } from './parquet-file.ts'
import { withWorkFolder } from './work-folder.ts'
import { linesOfRecords, unclosedQuote } from './record-lines.ts'
import { resolveRows } from './resolve-rows.ts'
import { dropStaging, stageRows, utf8Bytes } from './stage-file.ts'
import { createRareTable, createStagingTables, type StagingNames } from './staging-tables.ts'

/** Points in the life of a batch, told to whoever asks: tests end the process there. */
export type BatchStep = 'inspected' | 'staged' | 'journalled' | 'committed'

export type IntakeDeps = {
  readonly lake: Lake
  readonly clock: Clock
  readonly book: FeedBook
  /** Bytes of the file inspected so far. */
  readonly seen?: (bytes: number) => void
  readonly step?: (step: BatchStep) => void
}

/** A file landed, or it was known already and changed nothing. */
export type FileOutcome =
  | { readonly outcome: 'landed'; readonly batch: Batch }
  | { readonly outcome: 'known'; readonly batchId: number; readonly committedAt: string }

/**
 * Takes in one file as one batch: all of it lands, or none.
 * @throws AppError FILE_REFUSED when the file as a whole cannot be read; nothing of it has landed then
 */
export const intakeFile = async (deps: IntakeDeps, file: SourceFile): Promise<FileOutcome> => {
  const { lake, clock } = deps
  const started = stamp(clock.now())
  const inspection = await inspectFile(file, deps.seen)
  const [known] = await lake.rows<{ batch_id: number; committed_at: string }>(
    `select batch_id, committed_at from ${lakeDatabase}.batches
      where feed = {feed:String} and sha256 = {sha256:String} order by batch_id limit 1`,
    { feed: file.feed.name, sha256: inspection.sha256 },
  )
  if (known) return { outcome: 'known', batchId: known.batch_id, committedAt: known.committed_at }
  deps.step?.('inspected')

  const batchId = await nextBatchId(lake)
  try {
    const { match, names } = await stage(deps, file, inspection, batchId)
    deps.step?.('staged')
    const staged = await countStaged(lake, names)
    const notes = [
      ...inspectionNotes(inspection),
      ...match.notes,
      ...(staged.good + staged.rejected === 0 ? ['It has a header and no rows.'] : []),
      ...(await rowNotes(lake, file.feed, names, staged.good + staged.rejected)),
    ]
    const resolution = await resolveRows(lake, file.feed, names, batchId)
    const span = await eventSpan(lake, file.feed, names, resolution.repeated + resolution.replaced > 0)
    const batch: Batch = {
      batch_id: batchId,
      feed: file.feed.name,
      file: file.name,
      sha256: inspection.sha256,
      bytes: file.bytes,
      rows: staged.good + staged.rejected,
      accepted: staged.good - resolution.repeated,
      rejected: staged.rejected,
      ...resolution,
      notes,
      started_at: started,
      committed_at: stamp(clock.now()),
      ...span,
    }
    await journalBatch(lake, batch)
    deps.step?.('journalled')
    await commitBatch(lake, file.feed, batch, false)
    deps.step?.('committed')
    return { outcome: 'landed', batch }
  } catch (thrown) {
    await abandon(lake, batchId)
    throw thrown
  }
}

const stage = async (
  deps: IntakeDeps,
  file: SourceFile,
  inspection: Inspection,
  batchId: number,
): Promise<{ match: ColumnMatch; names: StagingNames }> => {
  const { lake, clock, book } = deps
  const parquet = file.kind === 'parquet' ? await describe(lake, file) : []
  const match =
    file.kind === 'parquet'
      ? matchColumns(
          file.feed,
          parquet.map(column => column.name),
        )
      : matchCsvColumns(file.feed, inspection.head)
  if (match.refusals.length > 0) {
    throw refused(file, `was not taken in. ${match.refusals.join(' ').replace(/\.$/, '')}`)
  }
  if (file.kind === 'csv' && inspection.oddQuotes) {
    await refuseOpenQuote(file, utf8Bytes(file, inspection), match.separator)
  }
  const tomorrow = new Date(clock.now().getTime() + 86_400_000)
  const latest = {
    moment: `toDateTime('${stamp(tomorrow)}', 'UTC')`,
    day: `toDate32('${addDays(dayOf(clock.now()), 1)}')`,
  }
  const { homeArea } = book
  const { header, places, separator } = match
  const names = await createStagingTables(lake, {
    batchId,
    feed: file.feed,
    homeArea,
    header,
    places,
    latest,
  })
  const parquetCells = parquet.map(column => column.text)
  await stageRows({ lake, file, inspection, separator, columns: header.length, parquetCells, names })
  if (file.kind === 'csv' && inspection.quoted && lake.mode === 'embedded') {
    await findLines(lake, file.feed, utf8Bytes(file, inspection), separator, names)
  }
  return { match, names }
}

const describe = (lake: Lake, file: SourceFile): Promise<ParquetColumn[]> =>
  withWorkFolder(async work => {
    const link = join(work, 'file.parquet')
    symlinkSync(resolve(file.path), link)
    return await parquetColumns(lake, file, link)
  })

/** The lake counts records; people look for lines. Where quoted values may span lines, finds the line of each rejected record. */
const findLines = async (
  lake: Lake,
  feed: Feed,
  text: Readable,
  separator: string,
  names: StagingNames,
): Promise<void> => {
  const rejects = await lake.rows<{ line: number }>(`select distinct line from ${names.rejects}`)
  if (rejects.length === 0) return
  const lines = await linesOfRecords(text, separator, new Set(rejects.map(reject => reject.line)))
  const moved = [...lines].filter(([line, real]) => line !== real)
  await createRareTable(lake, feed, names, 'lines')
  await lake.insert(
    names.lines,
    moved.map(([line, real_line]) => ({ line, real_line })),
  )
}

/** A quote that never closes would swallow the rest of the file as one value. */
const refuseOpenQuote = async (file: SourceFile, text: Readable, separator: string): Promise<void> => {
  const line = await unclosedQuote(text, separator)
  if (line === undefined) return
  throw refused(
    file,
    `has a double quote on line ${line} that is never closed. Close it, or write it twice ("") where it is part of the text. None of it was taken in`,
  )
}

const countStaged = async (lake: Lake, names: StagingNames): Promise<{ good: number; rejected: number }> => {
  const [row] = await lake.rows<{ good: number; rejected: number }>(
    `select (select count() from ${names.rows}) as good, (select uniqExact(line) from ${names.rejects}) as rejected`,
  )
  return row ?? { good: 0, rejected: 0 }
}

/** First and last event that a batch adds, changes or puts aside: from there on, what rests on the feed may change. */
const eventSpan = async (
  lake: Lake,
  feed: Feed,
  names: StagingNames,
  hasReplaced: boolean,
): Promise<Pick<Batch, 'min_event_at' | 'max_event_at'>> => {
  const time = feed.eventTime
  if (!time) return { min_event_at: null, max_event_at: null }
  const moment = (value: string): string =>
    time.type === 'date' ? `toDateTime(greatest(${value}, toDate32('1970-01-01')), 'UTC')` : value
  const parse = time.type === 'date' ? 'toDate32' : 'toDateTime'
  const old = `${parse}(JSONExtractString(row, '${time.name}')${time.type === 'date' ? '' : ", 'UTC'"})`
  const [span] = await lake.rows<Pick<Batch, 'min_event_at' | 'max_event_at'>>(
    `select minOrNull(at) as min_event_at, maxOrNull(at) as max_event_at from (
      select ${moment(time.name)} as at from ${names.rows}
      ${hasReplaced ? `union all select ${moment(old)} as at from ${names.replaced}` : ''})`,
  )
  return span ?? { min_event_at: null, max_event_at: null }
}

/** Numbers are never used twice, not even those of batches that were given up. */
const nextBatchId = async (lake: Lake): Promise<number> => {
  const [row] = await lake.rows<{ id: number }>(
    `select 1 + greatest((select max(batch_id) from ${lakeDatabase}.batches), (select max(batch_id) from ${lakeDatabase}.intake_journal),
      (select max(toUInt32OrZero(extract(name, '^b(\\\\d+)_'))) from system.tables where database = {database:String})) as id`,
    { database: stagingDatabase },
  )
  return row?.id ?? 1
}

/** Takes away the staging of a batch that failed, unless the journal already promises that it lands. */
const abandon = async (lake: Lake, batchId: number): Promise<void> => {
  const [promised] = await lake.rows<{ n: number }>(
    `select count() as n from ${lakeDatabase}.intake_journal where batch_id = {id:UInt32}`,
    { id: batchId },
  )
  if (!promised?.n) await dropStaging(lake, batchId)
}

/** A moment as the lake writes it, in UTC. */
export const stamp = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ')
