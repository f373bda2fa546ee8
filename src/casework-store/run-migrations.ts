import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { AppError } from '../core/errors.ts'
import { projectRoot } from '../core/project-root.ts'

export type Migration = { readonly name: string; readonly sql: string }

const migrationsDir = join(projectRoot, 'db', 'migrations')

/** Every migration of `db/migrations`, in order. */
export const readMigrations = (dir: string = migrationsDir): Migration[] =>
  readdirSync(dir)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => ({ name, sql: readFileSync(join(dir, name), 'utf8') }))

/** Any number will do, as long as every process uses the same: one migrates, the others wait. */
export const migrationLock = 7_270_101

/**
 * Brings the tables up to date: runs what has not run yet, all in one transaction, forward only.
 * A migration that was changed after it ran stops everything.
 * @returns names of the migrations that ran now
 * @throws AppError CASEWORK_FAILED
 */
export const runMigrations = async <Tables>(
  db: Kysely<Tables>,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> =>
  db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx)
    await sql`create table if not exists schema_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(
      trx,
    )
    const applied = await sql<{
      name: string
      checksum: string
    }>`select name, checksum from schema_migrations`.execute(trx)
    const known = new Map(applied.rows.map(row => [row.name, row.checksum]))
    refuseNewerStore(known, migrations)
    const ran: string[] = []
    for (const migration of migrations) {
      const checksum = createHash('sha256').update(migration.sql).digest('hex')
      const before = known.get(migration.name)
      if (before === checksum) continue
      if (before !== undefined)
        throw new AppError(
          'CASEWORK_FAILED',
          `db/migrations/${migration.name} was changed after it ran on this casework store. Put it back and write a new migration.`,
        )
      for (const statement of splitStatements(migration.sql)) await sql.raw(statement).execute(trx)
      await sql`insert into schema_migrations (name, checksum) values (${migration.name}, ${checksum})`.execute(
        trx,
      )
      ran.push(migration.name)
    }
    return ran
  })

const refuseNewerStore = (known: ReadonlyMap<string, string>, migrations: readonly Migration[]): void => {
  const unknown = [...known.keys()].find(name => !migrations.some(migration => migration.name === name))
  if (unknown !== undefined)
    throw new AppError(
      'CASEWORK_FAILED',
      `This casework store was made by a newer version (it has ${unknown}). Install that version or newer.`,
    )
}

/** One statement at a time, because a prepared query takes only one. A semicolon at a line's end divides, except inside `$$ … $$`. */
export const splitStatements = (text: string): string[] => {
  const statements: string[] = []
  let current: string[] = []
  let quoted = false
  for (const line of text.split('\n')) {
    if (!quoted && current.length === 0 && (line.trim() === '' || line.startsWith('--'))) continue
    current.push(line)
    if (line.split('$$').length % 2 === 0) quoted = !quoted
    if (!quoted && line.trimEnd().endsWith(';')) {
      statements.push(current.join('\n').replace(/;\s*$/, ''))
      current = []
    }
  }
  if (current.join('').trim() !== '') statements.push(current.join('\n'))
  return statements
}
