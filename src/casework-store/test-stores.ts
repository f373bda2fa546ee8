import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite } from 'node:test'
import { sql } from 'kysely'
import { openCaseworkStore, type CaseworkDb, type CaseworkStore } from './casework-store.ts'
import { copyEmptyStore } from './copy-empty-store.ts'
import { startPrivatePostgres, type PrivatePostgres } from './private-postgres.ts'

/** The engines that every test of the casework store runs on. */
export const testEngines = ['PGlite', 'PostgreSQL'] as const

export type TestEngine = (typeof testEngines)[number]

/** A store made for a test, and how to open the same one a second time. */
export type TestStore = {
  readonly store: CaseworkStore
  readonly settings: { readonly dataDir: string; readonly databaseUrl: string | undefined }
  readonly close: () => Promise<void>
}

/**
 * An empty casework store on one engine, with all its tables. Tests only.
 * @throws Error naming the Debian package to install when there is no PostgreSQL.
 */
const openTestStore = async (engine: TestEngine): Promise<TestStore> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-casework-'))
  let server: PrivatePostgres | undefined
  try {
    server = engine === 'PostgreSQL' ? await startPrivatePostgres() : undefined
    const settings = { dataDir, databaseUrl: server?.url }
    if (server === undefined) await copyEmptyStore(dataDir)
    const store = await openCaseworkStore(settings)
    const close = async (): Promise<void> => {
      await store.close()
      await server?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
    return { store, settings, close }
  } catch (cause) {
    await server?.stop()
    rmSync(dataDir, { recursive: true, force: true })
    throw cause
  }
}

/** Runs the same tests on each engine: `onEachStore(store => { test('…', … store() …) })`. Tests only. */
export const onEachStore = (define: (store: () => CaseworkStore, opened: () => TestStore) => void): void => {
  for (const engine of testEngines) {
    void suite(`on ${engine}`, () => {
      let opened: TestStore | undefined
      const get = (): TestStore => {
        if (opened === undefined) throw new Error(`The casework store on ${engine} did not open.`)
        return opened
      }
      before(async () => {
        opened = await openTestStore(engine)
      })
      after(async () => {
        await opened?.close()
      })
      define(() => get().store, get)
    })
  }
}

/** Runs one statement of SQL as somebody with the keys of the store could. Tests only. */
export const runSql = async ({ db }: Pick<CaseworkStore, 'db'>, text: string): Promise<void> => {
  await sql.raw(text).execute(db)
}

/** The rows of one statement of SQL. Tests only. */
export const readSql = async <Row>(db: CaseworkDb, text: string): Promise<readonly Row[]> =>
  (await sql.raw<Row>(text).execute(db)).rows
