import type { Command } from 'commander'
import { takeDataFolder } from '../core/data-folder.ts'
import { readSettings, type Settings } from '../core/settings.ts'
import { openLake, type Lake } from '../lake/lake.ts'

/** Settings for a command, with the program-wide `--data DIR` applied. */
export const settingsFor = (command: Command): Settings => {
  const { data } = command.optsWithGlobals<{ data?: string }>()
  return readSettings(process.env, { dataDir: data })
}

/** Takes the data folder, opens the lake, does the work, and lets go of both whatever happens. */
export const withLake = async <T>(
  command: Command,
  work: (lake: Lake, settings: Settings) => Promise<T>,
): Promise<T> => {
  const settings = settingsFor(command)
  const folder = takeDataFolder(settings.dataDir, command.name())
  try {
    const lake = await openLake(settings)
    try {
      return await work(lake, settings)
    } finally {
      await lake.close()
    }
  } finally {
    folder.release()
  }
}
