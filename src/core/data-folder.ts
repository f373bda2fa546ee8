import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from './errors.ts'

const holder = z.object({ pid: z.number(), started: z.string(), command: z.string(), since: z.string() })

export type DataFolder = {
  /** Absolute path. */
  readonly dir: string
  /** Lets the next process in. Safe to call twice. */
  readonly release: () => void
}

/**
 * Takes the data folder for this process alone: the embedded stores allow one writer.
 * A lock left by a process that was killed is taken over at once.
 * @throws AppError DATA_FOLDER_IN_USE
 */
export const takeDataFolder = (dir: string, command: string): DataFolder => {
  // Whatever this process writes from here on is for the service alone, and so is a folder that somebody else made.
  process.umask(0o077)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  closeToOthers(dir)
  const file = join(dir, 'in-use.json')
  const mine = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
    command,
    since: new Date().toISOString(),
  })
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
      break
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
      const other = readHolder(file)
      if (other && isAlive(other)) {
        throw new AppError(
          'DATA_FOLDER_IN_USE',
          `The data folder ${dir} is in use by "upstander ${other.command}" (process ${other.pid}, since ${other.since}). ` +
            'Wait until it ends or stop it, or name another folder with --data DIR.',
        )
      }
      rmSync(file, { force: true })
    }
  }
  let held = true
  if (command !== 'restore' && existsSync(join(dir, restoreMark))) {
    rmSync(file, { force: true })
    throw new AppError(
      'DATA_FOLDER_IN_USE',
      `A backup was being put back into ${dir} and that did not end. Run upstander restore again, with --replace.`,
    )
  }
  const release = () => {
    if (held && readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
    held = false
  }
  process.once('exit', release)
  return { dir, release }
}

/** Stands in a data folder while a backup takes its place. */
export const restoreMark = 'restore-under-way.json'

const closeToOthers = (dir: string): void => {
  if ((statSync(dir).mode & 0o077) === 0) return
  try {
    chmodSync(dir, 0o700)
  } catch (cause) {
    throw new AppError(
      'DATA_FOLDER_IN_USE',
      `Others on this machine can open the data folder ${dir}, and this user may not close it: chown it to the user Upstander runs as.`,
      { cause },
    )
  }
}

const readHolder = (file: string) => {
  try {
    return holder.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** The kernel's start time of a process tells a living holder from a stranger who was given the same number. */
const startOf = (pid: number): string => {
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return ''
  const text = readFileSync(stat, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

const isAlive = (other: z.infer<typeof holder>): boolean => {
  try {
    process.kill(other.pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startOf(other.pid) === other.started
}
