import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { noteRestored } from '../backup/note-backup.ts'
import { restoreBackup, type RestoredBackup } from '../backup/restore-backup.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import type { Settings } from '../core/settings.ts'
import { carryOutRegister } from '../jobs/carry-out-destruction.ts'
import { openLake } from '../lake/lake.ts'
import { addToRegister, readRegister, registerOf } from '../retention/erasure-register.ts'
import { recoverAndPrepare } from './prepare-lake.ts'
import { settingsFor } from './with-data.ts'

type Options = {
  readonly key?: string
  readonly replace?: boolean
  /** A copy of the register of erasures. */
  readonly erasures?: string
}

/** Does what `upstander restore` asks for. */
export const runRestore = async (file: string, options: Options, command: Command): Promise<void> => {
  const settings = settingsFor(command)
  const folder = takeDataFolder(settings.dataDir, 'restore')
  try {
    const copies = [settings.registerCopy, options.erasures].filter(copy => copy !== undefined)
    const known = readRegister([registerOf(settings.dataDir), ...copies])
    const restored = await restoreBackup(
      { clock: systemClock },
      {
        file,
        identity: options.key,
        dataDir: settings.dataDir,
        databaseUrl: settings.backupDatabaseUrl ?? settings.databaseUrl,
        replace: options.replace === true,
        bringUp: async fresh => {
          // A new server lacks the roles that the dump gives rights to: opening a store makes them.
          if (settings.databaseUrl !== undefined)
            await (await openCaseworkStore({ ...settings, dataDir: fresh })).close()
          addToRegister([registerOf(fresh)], known)
          keepErasureKey(settings.dataDir, fresh)
        },
      },
    )
    const erased = await openRestored(settings, restored)
    process.stdout.write(told(restored, erased, copies.length > 0 || restored.aside !== undefined))
  } finally {
    folder.release()
  }
}

/** The key that a register of this folder was written with comes along: a backup may be older than it. */
const keepErasureKey = (dataDir: string, fresh: string): void => {
  const [mine, restored] = [dataDir, fresh].map(folder => join(folder, 'keys', 'erasure.key'))
  if (mine !== undefined && restored !== undefined && existsSync(mine) && existsSync(join(fresh, 'keys')))
    copyFileSync(mine, restored)
}

/** Opens the stores that were restored, writes that down, and destroys again what was destroyed since. */
const openRestored = async (settings: Settings, restored: RestoredBackup): Promise<number> => {
  const store = await openCaseworkStore(settings)
  try {
    await noteRestored({ store, clock: systemClock }, restored)
    const lake = await openLake(settings)
    try {
      await recoverAndPrepare(lake)
      return await carryOutRegister({ lake, store, clock: systemClock, ...settings })
    } finally {
      await lake.close()
    }
  } finally {
    await store.close()
  }
}

const told = ({ id, madeAt, lake, aside }: RestoredBackup, erased: number, registerKnown: boolean): string =>
  [
    `Backup ${id} of ${madeAt} is restored. Everybody has to sign in again.`,
    'Accounts and roles stand as they did then: look through the page Accounts before letting people in.',
    ...(lake === 'elsewhere'
      ? [
          "The lake is on a server: have it run RESTORE DATABASE upstander FROM Disk('backups', 'NAME.zip') with the backup that was made beside this one, before the app is started.",
        ]
      : []),
    ...(erased > 0 ? [`Destroyed again what ${erased} orders since then had destroyed. Run detection.`] : []),
    ...(registerKnown
      ? []
      : [
          `No register of erasures was found but the backup’s own. If anything was destroyed after ${madeAt}, it is here again: restore once more with --erasures FILE before letting people in.`,
        ]),
    ...(aside === undefined
      ? []
      : [`What was there before is in ${aside}. Delete it when you are sure that it is not needed.`]),
    '',
  ].join('\n')
