import type { Command } from 'commander'
import { makeBackup, newBackupId } from '../backup/make-backup.ts'
import { noteBackup } from '../backup/note-backup.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { AppError } from '../core/errors.ts'
import { noRegisterCopy } from './no-register-copy.ts'
import { settingsFor } from './with-data.ts'

type Options = {
  readonly for?: readonly string[]
  readonly unencrypted?: boolean
  /** False where somebody says that a lake on a server is backed up by itself. */
  readonly lake: boolean
}

/** What the server of a lake is to be told; the name of the disk is the server's own. */
const serverBackup = "BACKUP DATABASE upstander TO Disk('backups', 'NAME.zip')"

/** Does what `upstander backup` asks for. */
export const runBackup = async (file: string, options: Options, command: Command): Promise<void> => {
  const recipients = options.for ?? []
  if ((recipients.length === 0) !== (options.unencrypted === true))
    throw new AppError(
      'USAGE',
      'A backup holds everything, keys included. Name who can open it with --for age1…, as "upstander backup-key" prints it; or say --unencrypted, and guard the file as you guard the folder.',
    )
  const settings = settingsFor(command)
  if (settings.clickhouseUrl !== undefined && options.lake)
    throw new AppError(
      'USAGE',
      `The lake is on a server, and this file cannot hold it. Stop the staff app, have the server run ${serverBackup}, then run this again with --no-lake before the app is started: the two belong together.`,
    )
  const folder = takeDataFolder(settings.dataDir, 'backup')
  try {
    const id = newBackupId()
    const store = await openCaseworkStore(settings)
    await noteBackup({ store, clock: systemClock }, id, recipients.length > 0).finally(() => store.close())
    const made = await makeBackup(
      { clock: systemClock },
      {
        id,
        file,
        recipients,
        dataDir: settings.dataDir,
        databaseUrl: settings.backupDatabaseUrl ?? settings.databaseUrl,
        lakeOnServer: settings.clickhouseUrl !== undefined,
      },
    )
    process.stdout.write(
      `Backup ${id} is in ${file}: ${(made.bytes / 1e6).toFixed(1)} MB${recipients.length > 0 ? ', encrypted' : '. It is not encrypted: guard it as you guard the folder'}.\n` +
        (made.lake === 'elsewhere'
          ? `The lake is on a server and is not in it: keep with it what ${serverBackup} wrote.\n`
          : '') +
        (settings.registerCopy === undefined ? `Register of erasures: ${noRegisterCopy}\n` : ''),
    )
  } finally {
    folder.release()
  }
}
