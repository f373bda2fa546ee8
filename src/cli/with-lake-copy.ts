import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { takeDataFolder } from '../core/data-folder.ts'
import { AppError } from '../core/errors.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { settingsFor } from './with-data.ts'

/**
 * Does some work on a copy of the embedded lake, so that the force's own is never changed, and throws the copy away.
 * @throws AppError USAGE where the lake lives on a server
 */
export const withLakeCopy = async <T>(command: Command, work: (lake: Lake) => Promise<T>): Promise<T> => {
  const settings = settingsFor(command)
  if (settings.clickhouseUrl !== undefined)
    throw new AppError(
      'USAGE',
      'Variations change records, and so work on a copy of a lake that lies in the data folder. Unset CLICKHOUSE_URL and take the force into a folder of its own with --data DIR.',
    )
  const folder = takeDataFolder(settings.dataDir, command.name())
  const copy = mkdtempSync(join(settings.dataDir, 'evaluation-'))
  try {
    cpSync(join(settings.dataDir, 'lake'), join(copy, 'lake'), { recursive: true })
    const lake = await openLake({ ...settings, dataDir: copy })
    try {
      return await work(lake)
    } finally {
      await lake.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
    folder.release()
  }
}
