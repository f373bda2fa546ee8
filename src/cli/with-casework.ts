import type { Command } from 'commander'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import type { Settings } from '../core/settings.ts'
import { settingsFor } from './with-data.ts'

/** Takes the data folder and opens the casework store alone, does the work, and lets go of both whatever happens. */
export const withCasework = async <T>(
  command: Command,
  work: (store: CaseworkStore, settings: Settings) => Promise<T>,
): Promise<T> => {
  const settings = settingsFor(command)
  const folder = takeDataFolder(settings.dataDir, command.name())
  try {
    const store = await openCaseworkStore(settings)
    try {
      return await work(store, settings)
    } finally {
      await store.close()
    }
  } finally {
    folder.release()
  }
}
