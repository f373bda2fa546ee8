import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStep, type StepFigure } from './steps.ts'

/** A simulated force. */
export type ForceSize = { readonly staff: number; readonly days: number }

/** What each step of the main job took on one force. */
export type ForceFigures = ForceSize & {
  /** Rows of the whole package. */
  readonly rows: number
  readonly simulate: StepFigure
  /** Positions by themselves, into an empty lake. */
  readonly positions: StepFigure
  /** Every feed but the last day. */
  readonly intake: StepFigure
  readonly detect: StepFigure
  /** The last day taken in, and detection of what it changed. */
  readonly nightly: StepFigure
  readonly replay: StepFigure
  /** Contacts, messages and look-ups of `copies` times the staff; undefined where not asked for. */
  readonly volume: StepFigure | undefined
}

/** Says which step runs, so that nobody waits in the dark. */
export type Say = (line: string) => void

/** Runs the main job on a force of this size in a temporary folder, each step in a process of its own. */
export const benchForce = (size: ForceSize, copies: number, say: Say): ForceFigures => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-bench-'))
  const at = (name: string): string => join(dir, name)
  const step = (...[name, options]: Parameters<typeof runStep>): StepFigure => {
    const figure = runStep(name, options)
    say(
      `  ${name.padEnd(9)} ${figure.seconds.toFixed(1).padStart(7)} s  ${figure.cpuSeconds.toFixed(1).padStart(7)} s of processor  ${figure.peakMb.toFixed(0).padStart(6)} MB`,
    )
    return figure
  }
  try {
    say(`${size.staff} staff, ${size.days} days`)
    const simulate = step('simulate', {
      out: at('package'),
      staff: String(size.staff),
      days: String(size.days),
    })
    step('cut', { folder: at('package'), out: at('before'), night: at('night') })
    const apart = at('positions')
    mkdirSync(apart)
    renameSync(join(at('package'), 'positions.csv'), join(apart, 'positions.csv'))
    const positions = step('intake', { data: at('data-positions'), folder: apart })
    const data = at('data')
    const intake = step('intake', { data, folder: at('before') })
    const detect = step('detect', { data })
    const nightly = step('nightly', { data, folder: at('night') })
    const replay = step('replay', { data, from: '2025-05-15' })
    if (copies > 1) step('copies', { data, staff: String(copies) })
    return {
      ...size,
      rows: Object.values(simulate.rows).reduce((sum, rows) => sum + rows, 0),
      simulate,
      positions,
      intake,
      detect,
      nightly,
      replay,
      volume: copies > 1 ? step('volume', { data }) : undefined,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
