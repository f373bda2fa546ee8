import type { Run } from '../../../detection/runs.ts'
import type { Intake } from '../../../intake/intakes.ts'
import { countWords } from '../../../ui/words.ts'

/** What was done to the records lately, each newest first. */
export type Runs = { readonly runs: readonly Run[]; readonly intakes: readonly Intake[] }

export type RunRow = {
  /** ISO, UTC. */
  readonly startedAt: string
  readonly what: string
  readonly took: string
  readonly note: string
}

/** Most rows shown. */
const most = 6

/** Intakes and detections as one list, newest first; the last of either is always in it. */
export const runRows = ({ runs, intakes }: Runs): RunRow[] => {
  const rows = [...runs.map(detectionRow), ...intakes.map(intakeRow)]
  const lastOfEach = [runs[0]?.startedAt, intakes[0]?.startedAt]
  return rows
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .filter((row, index) => index < most || lastOfEach.includes(row.startedAt))
}

const detectionRow = ({ startedAt, result }: Run): RunRow => ({
  startedAt,
  what: 'Detection',
  took: result === undefined ? 'did not end' : tookWords(result.seconds),
  note: result === undefined ? 'It was stopped. The next run starts afresh.' : detectionNote(result),
})

const detectionNote = (result: NonNullable<Run['result']>): string => {
  const explained = result.explained['all']
  const share =
    explained === undefined
      ? ''
      : ` A record explains ${Math.round(explained * 1000) / 10} % of contacts, stays and look-ups.`
  // How many findings and pairs there are is of the whole force: a figure that moves tells of somebody who is kept from its reader.
  return share.trim()
}

const intakeRow = (intake: Intake): RunRow => ({
  startedAt: intake.startedAt,
  what: 'Intake',
  took: tookWords((Date.parse(intake.endedAt) - Date.parse(intake.startedAt)) / 1000),
  note:
    `${countWords(intake.rows, 'row')} in ${countWords(intake.files, 'file')}.` +
    (intake.rejected > 0 ? ` ${countWords(intake.rejected, 'row')} rejected.` : ' No row rejected.') +
    (intake.refused > 0 ? ` ${countWords(intake.refused, 'file')} refused.` : ''),
})

const tookWords = (seconds: number): string =>
  seconds < 120 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
