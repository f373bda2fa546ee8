import type { Command } from 'commander'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import type { Settings } from '../core/settings.ts'
import { carryOutRegister } from '../jobs/carry-out-destruction.ts'
import type { Lake } from '../lake/lake.ts'
import { recoverAndPrepare } from './prepare-lake.ts'
import { withLake } from './with-data.ts'

export type Stores = { readonly lake: Lake; readonly store: CaseworkStore; readonly settings: Settings }

/** Takes the data folder and opens the lake and the casework store, does the work, and lets go of all whatever happens. */
export const withStores = <T>(command: Command, work: (stores: Stores) => Promise<T>): Promise<T> =>
  withLake(command, async (lake, settings) => {
    await recoverAndPrepare(lake)
    const store = await openCaseworkStore(settings)
    try {
      await carryOutRegister({ lake, store, clock: systemClock, ...settings })
      return await work({ lake, store, settings })
    } finally {
      await store.close()
    }
  })
