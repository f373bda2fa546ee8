import { createHash } from 'node:crypto'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'

/** The roles of the store that act for somebody who is signed in: see db/roles.sql. */
export const actingRoles = ['upstander_staff', 'upstander_accounts'] as const

export type ActingRole = (typeof actingRoles)[number]

/** On whose behalf the store is asked. */
export type ActingFor = {
  readonly role: ActingRole
  /** The token of their session; the store finds the person by its SHA-256. */
  readonly token: string
}

type Acting = DatabaseConnection & { readonly inner: DatabaseConnection; inTransaction: boolean }

/**
 * A dialect whose every query runs in a transaction that says first on whose behalf, and forgets it at the end: `set local` alone, so
 * that a connection that goes back to the pool carries nothing, also after an error.
 */
export const actFor = (dialect: Dialect, { role, token }: ActingFor): Dialect => {
  const hash = createHash('sha256').update(token).digest('hex')
  const begin = async (driver: Driver, inner: DatabaseConnection): Promise<void> => {
    await driver.beginTransaction(inner, {})
    await inner.executeQuery(
      CompiledQuery.raw("select set_config('upstander.token', $1, true), set_config('role', $2, true)", [
        hash,
        role,
      ]),
    )
  }
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: db => dialect.createIntrospector(db),
    createDriver: () => actingDriver(dialect.createDriver(), begin),
  }
}

const actingDriver = (
  driver: Driver,
  begin: (driver: Driver, inner: DatabaseConnection) => Promise<void>,
): Driver => ({
  init: options => driver.init(options),
  acquireConnection: async options => acting(driver, await driver.acquireConnection(options), begin),
  beginTransaction: async connection => {
    const own = connection as Acting
    await begin(driver, own.inner)
    own.inTransaction = true
  },
  commitTransaction: connection => ended(connection, inner => driver.commitTransaction(inner)),
  rollbackTransaction: connection => ended(connection, inner => driver.rollbackTransaction(inner)),
  releaseConnection: (connection, options) => driver.releaseConnection((connection as Acting).inner, options),
  destroy: () => Promise.resolve(),
})

const ended = async (
  connection: DatabaseConnection,
  end: (inner: DatabaseConnection) => Promise<void>,
): Promise<void> => {
  const own = connection as Acting
  own.inTransaction = false
  await end(own.inner)
}

const acting = (
  driver: Driver,
  inner: DatabaseConnection,
  begin: (driver: Driver, inner: DatabaseConnection) => Promise<void>,
): Acting => {
  const own: Acting = {
    inner,
    inTransaction: false,
    executeQuery: async (query, options) => {
      if (own.inTransaction) return await inner.executeQuery(query, options)
      await begin(driver, inner)
      try {
        const result = await inner.executeQuery<never>(query, options)
        await driver.commitTransaction(inner)
        return result
      } catch (thrown) {
        await driver.rollbackTransaction(inner)
        throw thrown
      }
    },
    streamQuery: () => {
      throw new Error('Rows of the casework store are not read as a stream.')
    },
  }
  return own
}
