import { readFileSync, statSync } from 'node:fs'
import { AppError, messageOf } from './errors.ts'

/** Settings that hold a secret. Each may stand in a file instead, named by the same setting with `_FILE` after it. */
export const secretSettings = [
  'DATABASE_URL',
  'UPSTANDER_BACKUP_URL',
  'CLICKHOUSE_URL',
  'UPSTANDER_SECRET',
  'UPSTANDER_DIRECTORY_SECRET',
] as const

/**
 * The environment with every secret that stands in a file read from it: what is in the environment shows in lists of
 * processes and in reports of crashes. The file's last line end is not part of the secret.
 * @throws AppError SETTINGS_INVALID when a file cannot be read, others may read it, or both are set
 */
export const withSecretFiles = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const read = secretSettings.flatMap(name => {
    const file = env[`${name}_FILE`]
    if (file === undefined) return []
    if (env[name] !== undefined)
      throw new AppError('SETTINGS_INVALID', `Both ${name} and ${name}_FILE are set. Unset one of them.`)
    return [[name, readSecret(name, file)] as const]
  })
  return { ...env, ...Object.fromEntries(read) }
}

const readSecret = (name: string, file: string): string => {
  try {
    if ((statSync(file).mode & 0o007) === 0) return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new AppError('SETTINGS_INVALID', `The file of ${name}_FILE cannot be read: ${messageOf(cause)}.`, {
      cause,
    })
  }
  throw new AppError(
    'SETTINGS_INVALID',
    `Anybody on this machine may use the file of ${name}_FILE. Close it to others: chmod 600 ${file}`,
  )
}
