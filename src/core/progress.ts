import { Presets, SingleBar } from 'cli-progress'

/** Reports a long step to the person who waits for it. */
export type Progress = {
  /** Says how far the step is; `total` may be learned on the way. */
  readonly update: (done: number, total?: number) => void
  readonly end: (note?: string) => void
}

/** Starts reporting a step, such as "Taking in billing", counted in `unit`. */
export type StartProgress = (label: string, total: number, unit: string) => Progress

/** Says nothing: for tests and for `--json`. */
export const silentProgress: StartProgress = () => ({ update: () => undefined, end: () => undefined })

/** A bar with rate and time left on a terminal, plain lines elsewhere. Writes to standard error, so that output stays clean. */
export const terminalProgress: StartProgress = (label, total, unit) =>
  process.stderr.isTTY ? bar(label, total, unit) : lines(label, total, unit)

const rate = (done: number, startedAt: number): number =>
  Math.round(done / Math.max(0.001, (performance.now() - startedAt) / 1000))

const bar: StartProgress = (label, total, unit) => {
  const startedAt = performance.now()
  const display = new SingleBar(
    {
      format: `${label.padEnd(32)} {bar} {percentage}% | {value}/{total} ${unit} | {rate} ${unit}/s | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  display.start(Math.max(1, total), 0, { rate: 0 })
  return {
    update: (done, newTotal) => {
      if (newTotal !== undefined) display.setTotal(Math.max(1, newTotal))
      display.update(done, { rate: rate(done, startedAt) })
    },
    end: note => {
      display.update(display.getTotal())
      display.stop()
      if (note !== undefined) process.stderr.write(`  ${note}\n`)
    },
  }
}

const lines: StartProgress = (label, total, unit) => {
  const startedAt = performance.now()
  let last = startedAt
  let known = total
  let count = 0
  return {
    update: (done, newTotal) => {
      known = newTotal ?? known
      count = done
      if (performance.now() - last < 5_000) return
      last = performance.now()
      const perSecond = rate(done, startedAt)
      const left = perSecond > 0 ? Math.round((known - done) / perSecond) : 0
      process.stderr.write(`${label}: ${done} of ${known} ${unit}, ${perSecond} ${unit}/s, ${left} s left\n`)
    },
    end: note => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      process.stderr.write(`${label}: ${note ?? `${Math.max(count, known)} ${unit}`} in ${seconds} s\n`)
    },
  }
}
