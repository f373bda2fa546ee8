import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { AppError, messageOf } from '../core/errors.ts'

/** A program that runs: what it says, and the promise that it ends well. */
export type RunningProgram = {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  /** Rejects with what the program complained about. */
  readonly ended: Promise<void>
}

/**
 * Starts a program of the machine.
 * @param installFrom Debian package that has it, for the sentence when it is missing
 */
export const runProgram = (program: string, args: readonly string[], installFrom: string): RunningProgram => {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (part: Buffer) => {
    complaint = `${complaint}${part.toString()}`.slice(-2_000)
  })
  // A reader that stops early is told by its exit code.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', cause => {
      const words = `${program} cannot be run: ${messageOf(cause)}. Install the Debian package “${installFrom}”.`
      reject(new AppError('BACKUP_FAILED', words, { cause }))
    })
    child.on('close', code => {
      if (code === 0) resolve()
      else reject(new AppError('BACKUP_FAILED', `${program} failed: ${complaint.trim()}`))
    })
  })
  // Whoever started it awaits the same promise; until then a failure is no unheard one.
  ended.catch(() => undefined)
  return { child, ended }
}
