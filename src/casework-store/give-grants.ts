import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { projectRoot } from '../core/project-root.ts'
import { actingRoles, type ActingRole } from './act-for.ts'
import { migrationLock, splitStatements } from './run-migrations.ts'

/**
 * Gives every role of the store what `db/roles.sql` says, and no more; on a server also the password that it signs in with.
 * @param passwordOf undefined where nobody signs in to the engine
 */
export const giveGrants = async <Tables>(
  db: Kysely<Tables>,
  passwordOf: ((role: ActingRole) => string) | undefined,
): Promise<void> => {
  const grants = splitStatements(readFileSync(join(projectRoot, 'db', 'roles.sql'), 'utf8'))
  await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx)
    for (const statement of grants) await sql.raw(statement).execute(trx)
    if (passwordOf === undefined) return
    for (const role of actingRoles)
      await sql`alter role ${sql.id(role)} login password ${sql.lit(passwordOf(role))}`.execute(trx)
  })
}
