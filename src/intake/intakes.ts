import type { Lake } from '../lake/lake.ts'
import { listBatches, listRefusedFiles, type RefusedFile } from './batches.ts'
import type { Batch } from './commit-batch.ts'

/** One delivery of records: the files that were taken in together. Times are ISO, UTC. */
export type Intake = {
  readonly startedAt: string
  readonly endedAt: string
  readonly files: number
  readonly rows: number
  readonly rejected: number
  /** Files refused meanwhile and not mended since. */
  readonly refused: number
}

/** Files that follow each other within this many minutes are one delivery. Judgement: longer than any one file takes. */
const apartMinutes = 15

/** The deliveries of records, newest first. */
export const readIntakes = async (lake: Lake, limit = 5): Promise<Intake[]> => {
  const [batches, refused] = await Promise.all([listBatches(lake), listRefusedFiles(lake)])
  return deliveriesOf(batches, refused).slice(0, limit)
}

/** Joins files into deliveries by the pauses between them. */
export const deliveriesOf = (
  batches: readonly Pick<Batch, 'started_at' | 'committed_at' | 'rows' | 'rejected'>[],
  refused: readonly Pick<RefusedFile, 'refused_at'>[],
): Intake[] => {
  const files = [
    ...batches.map(batch => ({
      from: iso(batch.started_at),
      to: iso(batch.committed_at),
      files: 1,
      rows: batch.rows,
      rejected: batch.rejected,
      refused: 0,
    })),
    ...refused.map(({ refused_at: at }) => ({
      from: iso(at),
      to: iso(at),
      files: 0,
      rows: 0,
      rejected: 0,
      refused: 1,
    })),
  ].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const joined: Intake[] = []
  for (const { from, to, ...counts } of files) {
    const last = joined.at(-1)
    if (last === undefined || Date.parse(from) - Date.parse(last.endedAt) > apartMinutes * 60_000) {
      joined.push({ startedAt: from, endedAt: to, ...counts })
    } else {
      joined[joined.length - 1] = {
        startedAt: last.startedAt,
        endedAt: to > last.endedAt ? to : last.endedAt,
        files: last.files + counts.files,
        rows: last.rows + counts.rows,
        rejected: last.rejected + counts.rejected,
        refused: last.refused + counts.refused,
      }
    }
  }
  return joined.reverse()
}

const iso = (text: string): string => `${text.replace(' ', 'T')}Z`
