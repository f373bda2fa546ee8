import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, type Dialect, type Transaction } from 'kysely'
import pg from 'pg'
import { AppError, messageOf } from '../core/errors.ts'
import type { Settings } from '../core/settings.ts'
import { runMigrations } from './run-migrations.ts'
import { noteStore } from './store-of.ts'
import type { CaseworkTables } from './tables.ts'

/** The store's query builder, or one transaction of it: whatever takes this joins the transaction of its caller. */
export type CaseworkDb = Kysely<CaseworkTables> | Transaction<CaseworkTables>

/** The casework store: people, roles, concerns, decisions and the log. */
export type CaseworkStore = {
  readonly mode: 'embedded' | 'server'
  readonly db: Kysely<CaseworkTables>
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
  const dialect = embedded ? embeddedDialect(where) : serverDialect(settings.databaseUrl)
  const db = new Kysely<CaseworkTables>({ dialect })
  try {
    await runMigrations(db)
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
  noteStore({ mode, db, dataDir: settings.dataDir, logKeyFile: settings.logKeyFile, beforeClose })
  const close = async (): Promise<void> => {
    try {
      for (const last of beforeClose.splice(0)) await last()
    } finally {
      await db.destroy()
    }
  }
  return { mode, db, close }
}

/** Both engines must hand over the same values: days as text (a `Date` would shift with the clock's zone), counts as numbers. */
const asText = (value: string): string => value

const embeddedDialect = (folder: string): Dialect => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const parsers = { [pgliteTypes.DATE]: asText, [pgliteTypes.INT8]: Number }
  return new PGliteDialect({ pglite: () => PGlite.create({ dataDir: folder, parsers }) })
}

const serverDialect = (connectionString: string): Dialect => {
  const own = new pg.TypeOverrides()
  own.setTypeParser(pg.types.builtins.DATE, asText)
  own.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({
    connectionString,
    types: own,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that the server drops is replaced on next use; unheard, the event would end the process.
  pool.on('error', () => undefined)
  return new PostgresDialect({ pool })
}
