import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { ActingRole } from './act-for.ts'
import { rolePassword } from './casework-store.ts'
import type { TestStore } from './test-stores.ts'

/** What a statement came to: its rows, or the code of the refusal. */
export type Told = { readonly rows: readonly Record<string, unknown>[]; readonly refused: string }

/** What is set for a session's token. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Runs statements straight on the store in one transaction that is taken back: on a server signed in with the role's own password, on
 * the embedded engine in the role. The last one counts. Tests only.
 */
export const asRole = async (
  { store, settings }: TestStore,
  role: ActingRole,
  token: string,
  ...statements: readonly string[]
): Promise<Told> => {
  const set = `select set_config('upstander.token', '${token === '' ? '' : hashOf(token)}', true)`
  return settings.databaseUrl === undefined
    ? await embedded(store, [`set local role ${role}`, set, ...statements])
    : await onServer(settings.databaseUrl, role, rolePassword(settings.dataDir, role), [set, ...statements])
}

const embedded = async (store: TestStore['store'], statements: readonly string[]): Promise<Told> => {
  const undone = new Error('undone')
  let told: Told = { rows: [], refused: '' }
  try {
    await store.db.transaction().execute(async trx => {
      for (const statement of statements) {
        const { rows } = await sql.raw<Record<string, unknown>>(statement).execute(trx)
        told = { rows, refused: '' }
      }
      throw undone
    })
  } catch (thrown) {
    return thrown === undone ? told : { rows: [], refused: codeOf(thrown) }
  }
  return told
}

const onServer = async (
  url: string,
  user: string,
  password: string,
  statements: readonly string[],
): Promise<Told> => {
  const address = new URL(url)
  address.username = user
  address.password = password
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query('begin')
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement))
    await client.query('rollback')
    return { rows, refused: '' }
  } catch (thrown) {
    return { rows: [], refused: codeOf(thrown) }
  } finally {
    await client.end()
  }
}

const codeOf = (thrown: unknown): string => (thrown as { readonly code?: string }).code ?? String(thrown)
