import type { Clock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { silentProgress, type StartProgress } from '../core/progress.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Batch } from './commit-batch.ts'
import { recordCoverage } from './record-coverage.ts'
import { createFeedTables } from './feed-tables.ts'
import { readFeeds, type FeedBook } from './feeds.ts'
import { findFiles, type IgnoredFile, type SourceFile } from './find-files.ts'
import { intakeFile, stamp, type BatchStep } from './intake-file.ts'
import { recordOrphans, type OrphanCount } from './orphans.ts'
import { recoverIntake } from './recover-intake.ts'

/** What became of a folder. */
export type IntakeReport = {
  readonly landed: readonly Batch[]
  /** Files that had been taken in before, word for word: they changed nothing. */
  readonly known: readonly { file: string; feed: string; batchId: number; committedAt: string }[]
  readonly refused: readonly { file: string; feed: string; reason: string }[]
  readonly ignored: readonly IgnoredFile[]
  /** Rows about staff whom the feed `staff` lacks, by feed. */
  readonly orphans: readonly OrphanCount[]
  /** Batches of an earlier, killed run that were finished first. */
  readonly recovered: number
  /** Rows read, and seconds taken. */
  readonly rows: number
  readonly seconds: number
}

export type IntakeFolderDeps = {
  readonly lake: Lake
  readonly clock: Clock
  readonly progress?: StartProgress
  readonly book?: FeedBook
  readonly step?: (step: BatchStep, file: SourceFile) => void
}

/**
 * Takes in a Data Package or a folder of files named for feeds. A file that must be refused stops none of the others.
 * @throws AppError PACKAGE_INVALID when there is nothing to take in
 */
export const intakeFolder = async (deps: IntakeFolderDeps, folder: string): Promise<IntakeReport> => {
  const { lake, clock } = deps
  const startedAt = performance.now()
  const book = deps.book ?? readFeeds()
  const { files, ignored } = findFiles(folder, book.feeds)
  await createFeedTables(lake, book.feeds)
  const recovered = await recoverIntake(lake, book.feeds)
  const report = {
    landed: [] as Batch[],
    known: [] as IntakeReport['known'][number][],
    refused: [] as IntakeReport['refused'][number][],
  }
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const progress = (deps.progress ?? silentProgress)('Taking in records', Math.ceil(total / 1e6), 'MB')
  let before = 0
  for (const file of files) {
    // Reading a file through is a small part of the work on it: the bar moves on when its rows have landed.
    const seen = (bytes: number): void => {
      progress.update(Math.floor((before + bytes * 0.2) / 1e6))
    }
    try {
      const step = (reached: BatchStep): void => deps.step?.(reached, file)
      const outcome = await intakeFile({ lake, clock, book, seen, step }, file)
      if (outcome.outcome === 'landed') report.landed.push(outcome.batch)
      else report.known.push({ ...outcome, file: file.name, feed: file.feed.name })
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'FILE_REFUSED')) throw thrown
      const refusal = { file: file.name, feed: file.feed.name, reason: thrown.message }
      report.refused.push(refusal)
      await lake.insert(`${lakeDatabase}.refused_files`, [{ ...refusal, refused_at: stamp(clock.now()) }])
    }
    before += file.bytes
    progress.update(Math.floor(before / 1e6))
  }
  progress.end()
  const changed = new Set(report.landed.map(batch => batch.feed))
  if (changed.size > 0 || recovered.landed > 0) {
    await recordCoverage(lake, book.feeds, recovered.landed > 0 ? undefined : changed)
  }
  const orphans = await recordOrphans(lake, book.feeds)
  const rows = report.landed.reduce((sum, batch) => sum + batch.rows, 0)
  return {
    ...report,
    ignored,
    orphans,
    recovered: recovered.landed,
    rows,
    seconds: (performance.now() - startedAt) / 1000,
  }
}
