import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { errorCodes } from '../core/errors.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { intakeFolder, type IntakeReport } from '../intake/intake-folder.ts'
import { withLake } from './with-data.ts'

/** Does what `upstander intake` asks for. */
export const runIntake = async (
  folder: string,
  options: { json?: boolean },
  command: Command,
): Promise<void> => {
  const json = options.json === true
  const report = await withLake(command, lake =>
    intakeFolder({ lake, clock: systemClock, progress: json ? silentProgress : terminalProgress }, folder),
  )
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : describeIntake(report))
  if (report.refused.length > 0) process.exitCode = errorCodes.FILE_REFUSED
}

/** The report in words: a line for each file, notes beneath it, then what was refused, left alone and orphaned. */
const describeIntake = (report: IntakeReport): string => {
  const header = ['file', 'rows', 'accepted', 'rejected', 'replaced', 'unchanged', 'repeated']
  const table = [
    header,
    ...report.landed.map(batch => [
      batch.file,
      ...[batch.rows, batch.accepted, batch.rejected, batch.replaced, batch.unchanged, batch.repeated].map(
        n => n.toLocaleString('en-GB'),
      ),
    ]),
  ]
  const widths = header.map((_, column) => Math.max(...table.map(row => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  const [first, ...rows] = table
  const lines = [
    ...(report.landed.length > 0 && first ? [line(first)] : []),
    ...rows.flatMap((row, index) => [
      line(row),
      ...(report.landed[index]?.notes ?? []).map(note => `    note: ${note}`),
    ]),
    ...report.known.map(
      file =>
        `${file.file}: taken in before (batch ${file.batchId}, ${file.committedAt} UTC); nothing changed.`,
    ),
    ...report.refused.map(file => `REFUSED ${file.reason}`),
    ...report.ignored.map(file => `left alone: ${file.name} ${file.reason}.`),
    ...report.orphans.map(
      orphan =>
        `orphans: ${orphan.rows.toLocaleString('en-GB')} rows of ${orphan.feed} are about ${orphan.staff} staff_id that staff lacks; they are kept.`,
    ),
    ...(report.recovered > 0 ? [`Finished ${report.recovered} batches that an earlier run left.`] : []),
  ]
  const rejected = report.landed.reduce((sum, batch) => sum + batch.rejected, 0)
  const rate =
    report.rows > 0 ? `, ${Math.round(report.rows / report.seconds).toLocaleString('en-GB')} rows/s` : ''
  lines.push(`${report.rows.toLocaleString('en-GB')} rows in ${report.seconds.toFixed(1)} s${rate}.`)
  if (rejected > 0) {
    lines.push(
      `${rejected.toLocaleString('en-GB')} rows were rejected: "upstander rejects" lists them with reasons.`,
    )
  }
  return `${lines.join('\n')}\n`
}
