import { terminalProgress, silentProgress } from '../core/progress.ts'
import { simulateForce } from '../simulate/simulate-force.ts'

type Options = {
  out: string
  staff: number
  days: number
  seed: number
  offenders?: number
  end: string
  json?: boolean
}

/** Does what `upstander simulate` asks for. */
export const runSimulate = (options: Options): void => {
  const result = simulateForce({ progress: options.json ? silentProgress : terminalProgress }, options)
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`)
    return
  }
  const total = Object.values(result.rows).reduce((sum, rows) => sum + rows, 0)
  process.stdout.write(
    `Wrote ${total.toLocaleString('en-GB')} rows in ${Object.keys(result.rows).length} feeds to ${options.out}.\n` +
      `${result.offenders} staff offend and ${result.lookAlikes} only look as if they did: see ${options.out}/truth.\n`,
  )
}
