import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentProgress } from '../core/progress.ts'
import { readSettings } from '../core/settings.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { emptyRecords, loadRecords } from './load-world.ts'
import type { World } from './record-world.ts'

/** A lake of its own in a temporary folder, for tests. One thread: the machine that runs tests has little to spare. */
export const openTestLake = (): Promise<Lake> =>
  openLake(
    readSettings({ UPSTANDER_LAKE_THREADS: '1' }, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) }),
  )

/** Replaces the lake's records with those of a world and builds every fact from them. */
export const buildWorld = async (lake: Lake, world: World): Promise<void> => {
  await emptyRecords(lake)
  await loadRecords(lake, world)
  await buildFacts({ lake, progress: silentProgress })
}
