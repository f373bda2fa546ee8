import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'

/**
 * Writes the casework store of a server to a file, whole and as of one moment. Its owner sees every row through the role
 * `upstander_service`, although the rules of the rows bind owners too.
 * @param url of a role that may read every row
 * @throws AppError BACKUP_FAILED
 */
export const dumpServer = (url: string, file: string): Promise<void> =>
  withAddress(url, address =>
    run('pg_dump', [
      '--format=custom',
      '--no-owner',
      '--enable-row-security',
      `--file=${file}`,
      `--dbname=${address}`,
    ]),
  )

/**
 * Puts a dump in the place of whatever casework store is in a database, in one transaction: all of it or nothing.
 * @throws AppError BACKUP_FAILED
 */
export const restoreServer = (url: string, file: string): Promise<void> =>
  withAddress(url, address =>
    run('pg_restore', [
      '--clean',
      '--if-exists',
      '--no-owner',
      '--single-transaction',
      '--exit-on-error',
      `--dbname=${address}`,
      file,
    ]),
  )

const run = async (program: string, args: readonly string[]): Promise<void> => {
  const { child, ended } = runProgram(newest(program), args, 'postgresql-client')
  child.stdin.end()
  child.stdout.resume()
  await ended
}

/** Debian keeps each version's programs in a folder of their own; the newest reads what every older server has. */
const newest = (program: string): string => {
  const folder = '/usr/lib/postgresql'
  if (!existsSync(folder)) return program
  const found = readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map(version => join(folder, version, 'bin', program))
    .find(existsSync)
  return found ?? program
}

/** Every list of processes shows what a program was called with: the password goes into a file, and its name into the address. */
const withAddress = async (url: string, work: (address: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'upstander-dump-'))
  try {
    const address = new URL(url)
    const password = decodeURIComponent(address.password)
    const file = join(folder, 'password')
    writeFileSync(file, `*:*:*:*:${password.replaceAll(/[\\:]/g, '\\$&')}\n`, { mode: 0o600 })
    address.password = ''
    address.searchParams.set('passfile', file)
    await work(address.toString())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
