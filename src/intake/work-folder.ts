import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'upstander-intake-'

/** Makes a folder that only this user can read, gives it to some work, and takes it away whatever happens. */
export const withWorkFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Takes away what killed processes left: it may hold records. */
export const sweepWorkFolders = (): void => {
  for (const name of readdirSync(tmpdir()).filter(name => name.startsWith(prefix))) {
    const pid = Number(/-(\d+)-/.exec(name)?.[1] ?? 0)
    if (pid === process.pid || isAlive(pid)) continue
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
