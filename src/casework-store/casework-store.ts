import { createHmac } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, type Dialect, type Transaction } from 'kysely'
import pg from 'pg'
import { AppError, messageOf } from '../core/errors.ts'
import { readKey } from '../core/keys.ts'
import type { Settings } from '../core/settings.ts'
import { actFor, type ActingFor, type ActingRole } from './act-for.ts'
import { giveGrants } from './give-grants.ts'
import { runMigrations } from './run-migrations.ts'
import { noteStore } from './store-of.ts'
import type { CaseworkTables } from './tables.ts'

/** The store's query builder, or one transaction of it: whatever takes this joins the transaction of its caller. */
export type CaseworkDb = Kysely<CaseworkTables> | Transaction<CaseworkTables>

/** The casework store: people, roles, concerns, decisions and the log. */
export type CaseworkStore = {
  readonly mode: 'embedded' | 'server'
  /** For what nobody asks for: detection, the nightly jobs, signing in. */
  readonly db: Kysely<CaseworkTables>
  /** For somebody who is signed in: the store itself keeps from them what they may not see. */
  readonly actFor: (who: ActingFor) => Kysely<CaseworkTables>
  readonly close: () => Promise<void>
}

type StoreSettings = Pick<Settings, 'dataDir' | 'databaseUrl'> & Partial<Pick<Settings, 'logKeyFile'>>

/**
 * Opens the casework store on the server of `DATABASE_URL`, or in `casework/` of the data folder, and brings its tables up to date.
 * @throws AppError CASEWORK_FAILED
 */
export const openCaseworkStore = async (settings: StoreSettings): Promise<CaseworkStore> => {
  const embedded = settings.databaseUrl === undefined
  const where = embedded ? join(settings.dataDir, 'casework') : new URL(settings.databaseUrl).host
  const engine = embedded ? embeddedEngine(where) : serverEngine(settings)
  const db = new Kysely<CaseworkTables>({ dialect: engine.dialect })
  try {
    await runMigrations(db)
    await giveGrants(db, engine.passwordOf)
  } catch (cause) {
    await db.destroy().catch(() => undefined)
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'CASEWORK_FAILED',
      `The casework store at ${where} does not open: ${messageOf(cause)}. ` +
        (embedded
          ? 'Check the folder and the free space on its disk.'
          : 'Check DATABASE_URL and that the server runs.'),
      { cause },
    )
  }
  const mode = embedded ? 'embedded' : 'server'
  const beforeClose: (() => Promise<void>)[] = []
  const identity = {
    mode,
    db,
    dataDir: settings.dataDir,
    logKeyFile: settings.logKeyFile,
    beforeClose,
  } as const
  noteStore(identity)
  const close = async (): Promise<void> => {
    try {
      for (const last of beforeClose.splice(0)) await last()
    } finally {
      await db.destroy()
      await engine.close()
    }
  }
  const forSomebody = (who: ActingFor): Kysely<CaseworkTables> => {
    const acting = new Kysely<CaseworkTables>({ dialect: actFor(engine.dialectOf(who.role), who) })
    noteStore(identity, acting)
    return acting
  }
  return { mode, db, actFor: forSomebody, close }
}

/** One engine: the way in for the service, and one for each role that acts for somebody. */
type Engine = {
  readonly dialect: Dialect
  readonly dialectOf: (role: ActingRole) => Dialect
  /** Undefined where nobody signs in to the engine. */
  readonly passwordOf: ((role: ActingRole) => string) | undefined
  readonly close: () => Promise<void>
}

/** Both engines must hand over the same values: days as text (a `Date` would shift with the clock's zone), counts as numbers. */
const asText = (value: string): string => value

const embeddedEngine = (folder: string): Engine => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const parsers = { [pgliteTypes.DATE]: asText, [pgliteTypes.INT8]: Number }
  let opened: Promise<PGlite> | undefined
  const pglite = (): Promise<PGlite> => (opened ??= PGlite.create({ dataDir: folder, parsers }))
  const dialect = new PGliteDialect({ pglite })
  return {
    dialect,
    dialectOf: () => dialect,
    passwordOf: undefined,
    close: () => Promise.resolve(),
  }
}

/** The password of a role on a server: made from a key of the data folder, so that nobody has to keep or type it. */
export const rolePassword = (dataDir: string, role: ActingRole): string =>
  createHmac('sha256', readKey(dataDir, 'database')).update(role).digest('base64url')

/** Each role signs in as itself: what is sent in its name cannot become another by a statement. */
const serverEngine = ({ dataDir, databaseUrl }: StoreSettings): Engine => {
  const passwordOf = (role: ActingRole): string => rolePassword(dataDir, role)
  const pools = new Map<ActingRole, pg.Pool>()
  const dialectOf = (role: ActingRole): Dialect => {
    const url = new URL(databaseUrl ?? '')
    url.username = role
    url.password = passwordOf(role)
    const pool = pools.get(role) ?? serverPool(url.href)
    pools.set(role, pool)
    return new PostgresDialect({ pool })
  }
  return {
    dialect: new PostgresDialect({ pool: serverPool(databaseUrl) }),
    dialectOf,
    passwordOf,
    close: async () => {
      for (const pool of pools.values()) await pool.end()
    },
  }
}

const serverPool = (connectionString: string | undefined): pg.Pool => {
  const own = new pg.TypeOverrides()
  own.setTypeParser(pg.types.builtins.DATE, asText)
  own.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({
    connectionString,
    types: own,
    options: '-c timezone=UTC -c search_path=public',
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that the server drops is replaced on next use; unheard, the event would end the process.
  pool.on('error', () => undefined)
  return pool
}
