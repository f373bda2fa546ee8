import type { Command } from 'commander'
import { makeBackup, newBackupId } from '../backup/make-backup.ts'
import { noteBackup } from '../backup/note-backup.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { AppError } from '../core/errors.ts'
import { addVerb, settingsFor } from './with-data.ts'

type Options = {
  readonly for?: readonly string[]
  readonly unencrypted?: boolean
}

/** `upstander backup`: one file that holds everything, encrypted for whoever may open it. */
export const addBackupCommand = (parent: Command): void => {
  addVerb(
    parent,
    'backup',
    'Write the whole data folder, with both stores, the log and the keys, to one file.',
  )
    .argument('<file>', 'the file to write; there must be none')
    .option('--for <recipients...>', 'who can open it, as age1…: what "upstander backup-key" printed')
    .option('--unencrypted', 'write it so that whoever has the file can read everything')
    .action(async (file: string, options: Options, command: Command) => {
      const recipients = options.for ?? []
      if ((recipients.length === 0) !== (options.unencrypted === true))
        throw new AppError(
          'USAGE',
          'A backup holds everything, keys included. Name who can open it with --for age1…, as "upstander backup-key" prints it; or say --unencrypted, and guard the file as you guard the folder.',
        )
      const settings = settingsFor(command)
      const folder = takeDataFolder(settings.dataDir, 'backup')
      try {
        const id = newBackupId()
        const store = await openCaseworkStore(settings)
        await noteBackup({ store, clock: systemClock }, id, recipients.length > 0).finally(() =>
          store.close(),
        )
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
              ? 'The lake is on a server and is not in it: back that up with ClickHouse’s own BACKUP.\n'
              : ''),
        )
      } finally {
        folder.release()
      }
    })
}
