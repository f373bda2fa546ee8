import type { Command } from 'commander'
import { noteRestored } from '../backup/note-backup.ts'
import { restoreBackup, type RestoredBackup } from '../backup/restore-backup.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { addVerb, settingsFor } from './with-data.ts'

type Options = { readonly key?: string; readonly replace?: boolean }

/** `upstander restore`: a backup in the place of a data folder. */
export const addRestoreCommand = (parent: Command): void => {
  addVerb(parent, 'restore', 'Put a backup into a data folder, and end every visit that it holds.')
    .argument('<file>', 'the backup')
    .option('--key <file>', 'file of the key that opens it')
    .option('--replace', 'put aside what is in the data folder')
    .action(async (file: string, options: Options, command: Command) => {
      const settings = settingsFor(command)
      const folder = takeDataFolder(settings.dataDir, 'restore')
      try {
        const restored = await restoreBackup(
          { clock: systemClock },
          {
            file,
            identity: options.key,
            dataDir: settings.dataDir,
            databaseUrl: settings.backupDatabaseUrl ?? settings.databaseUrl,
            replace: options.replace === true,
          },
        )
        const store = await openCaseworkStore(settings)
        await noteRestored({ store, clock: systemClock }, restored).finally(() => store.close())
        process.stdout.write(told(restored))
      } finally {
        folder.release()
      }
    })
}

const told = ({ id, madeAt, lake, aside }: RestoredBackup): string =>
  [
    `Backup ${id} of ${madeAt} is restored. Everybody has to sign in again.`,
    'Accounts and roles stand as they did then: look through the page Accounts before letting people in.',
    ...(lake === 'elsewhere' ? ['The lake is on a server: restore it with ClickHouse’s own RESTORE.'] : []),
    ...(aside === undefined
      ? []
      : [`What was there before is in ${aside}. Delete it when you are sure that it is not needed.`]),
    '',
  ].join('\n')
