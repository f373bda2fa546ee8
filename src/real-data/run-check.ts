import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../core/settings.ts'
import { openLake } from '../lake/lake.ts'
import { dataSetFolder, type CheckRow, type RealDataCheck } from './check.ts'

/**
 * Runs one check on an embedded lake of its own, which is removed afterwards: nothing of a force's data is touched.
 * Undefined where the data set is not in `dir`.
 */
export const runCheck = async (check: RealDataCheck, dir: string): Promise<CheckRow[] | undefined> => {
  const folder = dataSetFolder(check.dataSet, dir)
  if (folder === undefined) return undefined
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-check-'))
  const lake = await openLake(readSettings({}, { dataDir }))
  try {
    return await check.run({ lake, folder })
  } finally {
    await lake.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
