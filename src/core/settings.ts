import { resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { secretSettings, withSecretFiles } from './secret-files.ts'

const url = (protocols: readonly string[]) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that starts with ${protocols.map(p => `${p}//`).join(' or ')}`,
  })

/** Every setting the product reads from its environment, each with its meaning. Nothing else reads `process.env`. */
const environment = z.object({
  UPSTANDER_DATA: z
    .string()
    .min(1)
    .default('data')
    .describe('The folder that holds the lake, the casework store and the keys. `--data DIR` overrides it.'),
  DATABASE_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe('Casework store on a PostgreSQL server; embedded in the data folder when unset.'),
  UPSTANDER_BACKUP_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe(
      'The same PostgreSQL server as a role that may read every row, for backup and restore alone. `DATABASE_URL` when unset.',
    ),
  CLICKHOUSE_URL: url(['http:', 'https:'])
    .optional()
    .describe('Lake on a ClickHouse server; embedded in the data folder when unset.'),
  UPSTANDER_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Network address on which the staff app listens.'),
  UPSTANDER_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('TCP port of the staff app; 0 takes any free one.'),
  UPSTANDER_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Signs sessions; made and kept in the data folder when unset. At least 32 characters.'),
  UPSTANDER_LOG_KEY: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the key that signs the log; `keys/log.key` of the data folder when unset. Better on another disk, out of reach of whoever keeps the database.',
    ),
  UPSTANDER_WITNESSES: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Witnesses that cosign the log each minute: `address public-key`, with commas between. `upstander witness` prints both.',
    ),
  UPSTANDER_PUBLIC_URL: url(['http:', 'https:'])
    .optional()
    .describe(
      'The address people type, when a proxy stands in front. Over https, cookies are marked secure.',
    ),
  UPSTANDER_DIRECTORY_URL: url(['http:', 'https:'])
    .optional()
    .describe(
      'Issuer of the force’s directory (OpenID Connect): people may then sign in with their force account.',
    ),
  UPSTANDER_DIRECTORY_CLIENT: z
    .string()
    .min(1)
    .optional()
    .describe('Name under which the directory knows Upstander. Its way back is `/sign-in/directory/back`.'),
  UPSTANDER_DIRECTORY_SECRET: z.string().min(1).optional().describe('What Upstander shows the directory.'),
  UPSTANDER_DIRECTORY_ROLES: z
    .string()
    .min(1)
    .optional()
    .describe('Which group of the directory is which role: `group=role, group=role`.'),
  UPSTANDER_NIGHTLY_AT: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^off$/, { message: 'must be a time such as 02:30, or off' })
    .default('02:30')
    .describe(
      'When `serve` takes records in and runs detection each night, UK time; `off` leaves that to you.',
    ),
  UPSTANDER_INBOX: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder of records that the nightly run takes in first, as `intake` would. Files it has taken in already are left alone.',
    ),
  UPSTANDER_COLLEAGUE_YEARS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(5)
    .describe(
      'Years for which having been posted or crewed together keeps somebody from what is about a colleague. What was kept once stays so.',
    ),
  UPSTANDER_ERASURES: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A file outside the data folder, on another disk, that keeps a copy of the register of what was destroyed. With it a restored backup cannot show that again, whatever became of the folder. It names nobody.',
    ),
  UPSTANDER_LAKE_MEMORY_MB: z.coerce
    .number()
    .int()
    .min(512)
    .default(6_000)
    .describe('Most memory the lake may use, in megabytes; at least 512.'),
  UPSTANDER_LAKE_THREADS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_024)
    .default(0)
    .describe('Processor threads the lake may use; 0 takes all.'),
})

/** Every setting by name, with its meaning and the value it has when unset; undefined where it then has none. */
export const settingsReference: readonly {
  readonly name: string
  readonly meaning: string
  readonly unset: string | undefined
}[] = Object.entries(environment.shape).map(([name, schema]) => {
  const unset: unknown = schema.parse(undefined)
  const inFile = secretSettings.some(each => each === name)
  return {
    name,
    meaning: `${schema.description ?? ''}${inFile ? ` A file that holds it may be named by \`${name}_FILE\` instead.` : ''}`,
    unset: unset === undefined ? undefined : JSON.stringify(unset).replaceAll('"', ''),
  }
})

export type Settings = {
  /** Absolute path of the data folder. */
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly backupDatabaseUrl: string | undefined
  readonly clickhouseUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly secret: string | undefined
  /** Absolute path of the key that signs the log; in the data folder when undefined. */
  readonly logKeyFile: string | undefined
  /** Addresses and public keys of witnesses, as typed. */
  readonly witnesses: string | undefined
  readonly publicUrl: string | undefined
  readonly directoryUrl: string | undefined
  readonly directoryClient: string | undefined
  readonly directorySecret: string | undefined
  readonly directoryRoles: string | undefined
  /** `HH:MM`, UK time; undefined where nothing runs by itself. */
  readonly nightlyAt: string | undefined
  /** Absolute path of the folder that the nightly run takes in. */
  readonly inbox: string | undefined
  /** Years for which having been posted or crewed together counts as being close. */
  readonly colleagueYears: number
  /** Absolute path of the copy of the register of erasures. */
  readonly registerCopy: string | undefined
  /** Megabytes. */
  readonly lakeMemoryMb: number
  readonly lakeThreads: number
}

type Overrides = { readonly dataDir?: string | undefined; readonly port?: number | undefined }

/**
 * Reads and checks every setting. All faults are listed at once, so that a person mends them in one go.
 * @throws AppError SETTINGS_INVALID
 */
export const readSettings = (env: NodeJS.ProcessEnv, overrides: Overrides = {}): Settings => {
  const parsed = environment.safeParse(withSecretFiles(withoutEmpty(env)))
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new AppError(
      'SETTINGS_INVALID',
      `These settings are wrong:\n${faults.join('\n')}\nMend them and start again.`,
    )
  }
  const values = parsed.data
  return {
    dataDir: resolve(overrides.dataDir ?? values.UPSTANDER_DATA),
    databaseUrl: values.DATABASE_URL,
    backupDatabaseUrl: values.UPSTANDER_BACKUP_URL,
    clickhouseUrl: values.CLICKHOUSE_URL,
    host: values.UPSTANDER_HOST,
    port: overrides.port ?? values.UPSTANDER_PORT,
    secret: values.UPSTANDER_SECRET,
    logKeyFile: values.UPSTANDER_LOG_KEY === undefined ? undefined : resolve(values.UPSTANDER_LOG_KEY),
    witnesses: values.UPSTANDER_WITNESSES,
    publicUrl: values.UPSTANDER_PUBLIC_URL,
    directoryUrl: values.UPSTANDER_DIRECTORY_URL,
    directoryClient: values.UPSTANDER_DIRECTORY_CLIENT,
    directorySecret: values.UPSTANDER_DIRECTORY_SECRET,
    directoryRoles: values.UPSTANDER_DIRECTORY_ROLES,
    nightlyAt: values.UPSTANDER_NIGHTLY_AT === 'off' ? undefined : values.UPSTANDER_NIGHTLY_AT,
    inbox: values.UPSTANDER_INBOX === undefined ? undefined : resolve(values.UPSTANDER_INBOX),
    colleagueYears: values.UPSTANDER_COLLEAGUE_YEARS,
    registerCopy: values.UPSTANDER_ERASURES === undefined ? undefined : resolve(values.UPSTANDER_ERASURES),
    lakeMemoryMb: values.UPSTANDER_LAKE_MEMORY_MB,
    lakeThreads: values.UPSTANDER_LAKE_THREADS,
  }
}

/** The settings as they may be printed: passwords and secrets replaced by `***`. */
export const maskSettings = (settings: Settings): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      maskValue(name, value === undefined ? '(not set)' : String(value)),
    ]),
  )

const maskValue = (name: string, value: string): string => {
  if (value === '(not set)') return value
  if (name === 'secret' || name === 'directorySecret') return '***'
  if (!name.endsWith('Url')) return value
  const masked = new URL(value)
  if (masked.password !== '') masked.password = '***'
  return masked.toString()
}

/** An empty variable means unset: that is how service files clear one. */
const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
