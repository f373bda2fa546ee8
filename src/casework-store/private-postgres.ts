import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of our own, on a free loopback port, gone with its files after `stop`. Tests only. */
export type PrivatePostgres = { readonly url: string; readonly stop: () => Promise<void> }

/**
 * Starts Debian's PostgreSQL as an ordinary user on an empty cluster with a password nobody else knows.
 * @throws Error naming the Debian package to install when there is none.
 */
export const startPrivatePostgres = async (): Promise<PrivatePostgres> => {
  const programs = findPrograms()
  const dir = mkdtempSync(join(tmpdir(), 'upstander-postgres-'))
  const identity = ordinaryUser()
  if ('uid' in identity) chownSync(dir, identity.uid, identity.gid)
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(dir, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if ('uid' in identity) chownSync(passwordFile, identity.uid, identity.gid)
  const cluster = join(dir, 'cluster')
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      'upstander',
      '--pwfile',
      passwordFile,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...identity, cwd: dir, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(dir, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`)
  }
  const port = await freePort()
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      cluster,
      '-p',
      String(port),
      '-k',
      dir,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'fsync=off',
      '-c',
      'log_min_messages=fatal',
    ],
    { ...identity, cwd: dir, stdio: 'ignore' },
  )
  const stopAtExit = (): void => {
    server.kill('SIGQUIT')
    rmSync(dir, { recursive: true, force: true })
  }
  process.once('exit', stopAtExit)
  const stop = async (): Promise<void> => {
    process.removeListener('exit', stopAtExit)
    await stopServer(server)
    rmSync(dir, { recursive: true, force: true })
  }
  const url = `postgres://upstander:${password}@127.0.0.1:${port}/postgres`
  try {
    await untilReady(url, server)
  } catch (cause) {
    await stop()
    throw cause
  }
  return { url, stop }
}

/**
 * The folder of the newest PostgreSQL programs that Debian installed.
 * @throws Error naming the package to install when there is none.
 */
export const findPrograms = (installed = '/usr/lib/postgresql'): string => {
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions
    .map(version => join(installed, version, 'bin'))
    .find(bin => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
  if (found === undefined)
    throw new Error(
      'These tests also run the casework store on a PostgreSQL server, and this machine has none. ' +
        'Install the Debian package "postgresql" (apt-get install postgresql) and run them again.',
    )
  return found
}

/** PostgreSQL refuses to run as root, so root starts it as Debian's own account for it, or as nobody. */
const ordinaryUser = (): { uid: number; gid: number } | Record<string, never> => {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
  const account = ['postgres', 'nobody']
    .map(name => accounts.find(fields => fields[0] === name))
    .find(Boolean)
  if (account === undefined)
    throw new Error('PostgreSQL cannot run as root and there is no other account to run it as.')
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })

const untilReady = async (url: string, server: ChildProcess): Promise<void> => {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once with code ${server.exitCode}.`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => undefined)
      await wait(100)
    }
  }
  throw new Error('PostgreSQL did not answer within 30 seconds.')
}

const stopServer = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise(resolve => server.once('exit', resolve))
  server.kill('SIGINT')
  await ended
}

/** The address of a new database for an owner who may make roles and is nothing more, as the guide has an administrator make it. Tests only. */
export const ordinaryOwner = async (administrator: string): Promise<string> => {
  const client = new pg.Client({ connectionString: administrator })
  await client.connect()
  await client.query("create role force login createrole password 'swordfish'")
  await client.query('create database casework owner force')
  await client.end()
  const own = { username: 'force', password: 'swordfish', pathname: '/casework' }
  return Object.assign(new URL(administrator), own).href
}
