import type { RefusedFile } from '../../../intake/batches.ts'
import type { Batch } from '../../../intake/commit-batch.ts'
import { countWords } from '../../../ui/words.ts'

/** Files supplied: those of which nothing was taken in, and those that landed, each newest first. */
export type Files = { readonly refused: readonly RefusedFile[]; readonly batches: readonly Batch[] }

/** Files that landed shown on the page, newest first; `upstander intake` prints every one as it lands. */
const most = 50

/** Refused and landed files of a feed, or of all where none is chosen. */
export const filesView = ({ refused, batches }: Files, feed: string | undefined) => {
  const ofFeed = (file: { readonly feed: string }) => feed === undefined || file.feed === feed
  const landed = batches.filter(ofFeed)
  return {
    refused: refused.filter(ofFeed).map(file => ({ ...file, at: iso(file.refused_at) })),
    landed: landed.slice(0, most).map(batch => ({
      file: batch.file,
      feed: batch.feed,
      at: iso(batch.committed_at),
      accepted: batch.accepted.toLocaleString('en-GB'),
      rejected: batch.rejected.toLocaleString('en-GB'),
      notes: [...changesOf(batch), ...batch.notes],
    })),
    landedCaption:
      landed.length > most
        ? `The last ${most} of ${countWords(landed.length, 'file')} that landed`
        : `${countWords(landed.length, 'file')} landed`,
  }
}

const changesOf = (batch: Batch): string[] => [
  ...(batch.replaced > 0 ? [`${countWords(batch.replaced, 'older row')} corrected.`] : []),
  ...(batch.unchanged > 0 ? [`${countWords(batch.unchanged, 'row')} held already.`] : []),
  ...(batch.repeated > 0
    ? [`${countWords(batch.repeated, 'row')} left out: a later line has the same key.`]
    : []),
]

const iso = (text: string): string => `${text.replace(' ', 'T')}Z`
