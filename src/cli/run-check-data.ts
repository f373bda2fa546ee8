import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../core/errors.ts'
import { terminalProgress } from '../core/progress.ts'
import { absentSentence, defaultDataSetsDir, type CheckRow } from '../real-data/check.ts'
import { realDataChecks } from '../real-data/checks.ts'
import { runCheck } from '../real-data/run-check.ts'

/** Does what `upstander check-data` asks for. */
export const runCheckData = async (options: { dataSets?: string; json?: boolean }): Promise<void> => {
  const dir = resolve(options.dataSets ?? defaultDataSetsDir)
  if (options.dataSets !== undefined && !existsSync(dir)) {
    throw new AppError('NOT_FOUND', `There is no folder ${dir}. Name the folder of the data sets.`)
  }
  const all = await runAll(dir)
  process.stdout.write(
    options.json === true ? `${JSON.stringify(all, null, 2)}\n` : all.map(table).join('\n'),
  )
  const rows = all.flatMap(each => each.rows ?? [])
  const wrong = rows.filter(({ ok }) => !ok).length
  if (wrong > 0) {
    throw new AppError(
      'CHECK_FAILED',
      `${wrong} of ${rows.length} known answers are not met. They are marked WRONG above.`,
    )
  }
}

type Result = {
  readonly dataSet: string
  readonly proves: string
  /** Null where the data set is absent. */
  readonly rows: readonly CheckRow[] | null
  readonly note?: string
}

const runAll = async (dir: string): Promise<Result[]> => {
  const step = terminalProgress('Checking against known answers', realDataChecks.length, 'data sets')
  const results: Result[] = []
  for (const check of realDataChecks) {
    const rows = await runCheck(check, dir)
    results.push({
      dataSet: check.dataSet,
      proves: check.proves,
      rows: rows ?? null,
      ...(rows === undefined ? { note: absentSentence(check.dataSet, dir) } : {}),
    })
    step.update(results.length)
  }
  step.end()
  return results
}

const widest = 44

const table = ({ dataSet, proves, rows, note }: Result): string => {
  if (rows === null) return `${note ?? dataSet}\n`
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, expected, got, ok, cause }) => {
    const verdict = !ok ? 'WRONG ' : cause === undefined ? 'agrees' : 'differs'
    const line = `  ${verdict.padEnd(8)}${name.padEnd(width)}  ${short(expected).padEnd(widest)}  ${short(got).padEnd(widest)}`
    return `${line}${cause === undefined ? '' : `  because ${cause}`}`.trimEnd()
  })
  const agreeing = rows.filter(({ ok }) => ok).length
  return `${dataSet}: ${proves}\n${lines.join('\n')}\n  ${agreeing} of ${rows.length} as they should be\n`
}

const short = (text: string): string => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text)
