import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { terminalProgress } from '../core/progress.ts'
import { lastRun } from '../detection/runs.ts'
import { intakeFolder } from '../intake/intake-folder.ts'
import { detectAndRaise } from '../jobs/detect-and-raise.ts'
import { simulateForce } from '../simulate/simulate-force.ts'
import { isDemonstration, markDemonstration, newestBatch } from './demonstration.ts'
import { confirmInvented } from '../tuning/confirm-feeds.ts'
import { selectFeedBases } from '../tuning/feed-basis-store.ts'
import { describeDetection } from './run-detect.ts'
import { firstSignInWords, makeFirstSignIns, type FirstSignIn } from './first-sign-in.ts'
import { portOf, serveUntilStopped } from './run-serve.ts'
import { demandFreePort } from '../web/start-app.ts'
import { withStores, type Stores } from './with-stores.ts'

/** The demonstration force of a first start; `upstander simulate` makes any other. */
const demonstration = { staff: 400, days: 120, seed: 1, end: '2025-06-30' } as const

/** Does what `upstander start` asks for. */
export const runStart = async (options: { port?: string }, command: Command): Promise<void> => {
  const port = portOf(options.port)
  await withStores(command, async opened => {
    const stores = { ...opened, settings: { ...opened.settings, port: port ?? opened.settings.port } }
    await demandFreePort(stores.settings)
    const fresh = await takeInDemonstration(stores)
    await confirmDemonstration(stores)
    await detectWhatIsNew(stores)
    await serveUntilStopped({
      ...stores,
      announce: async address => {
        process.stdout.write(welcome(address, await makeFirstSignIns(stores), fresh))
      },
    })
  })
}

/** Returns whether the data were made just now. */
const takeInDemonstration = async ({ lake, settings }: Stores): Promise<boolean> => {
  const [held] = await lake.rows<{ batches: number }>('select count() as batches from upstander.batches')
  if ((held?.batches ?? 0) > 0) return false
  const out = join(settings.dataDir, 'demonstration')
  simulateForce({ progress: terminalProgress }, { ...demonstration, out })
  await intakeFolder({ lake, clock: systemClock, progress: terminalProgress }, out)
  await markDemonstration(lake, settings.dataDir)
  return true
}

/** Invented records need no lawful basis: their feeds are read until one batch of real records comes in. */
const confirmDemonstration = async ({ lake, store, settings }: Stores): Promise<void> => {
  if (!(await isDemonstration(lake, settings.dataDir))) return
  if ((await selectFeedBases(store.db)).length === 0)
    await confirmInvented({ store, clock: systemClock }, await newestBatch(lake))
}

const detectWhatIsNew = async ({ lake, store }: Stores): Promise<void> => {
  const run = await lastRun(lake)
  if (run?.ended === true && run.throughBatch >= (await newestBatch(lake))) return
  const outcome = await detectAndRaise({ lake, store, clock: systemClock, progress: terminalProgress })
  process.stdout.write(describeDetection(outcome))
}

const welcome = (address: string, made: readonly FirstSignIn[], fresh: boolean): string => `
Upstander is at ${address}

${firstSignInWords(made)}

What to try${fresh ? ' with the demonstration force' : ''}:
  1. Overview: which feeds are held, which are silent, how the false-alert budget stands.
  2. Review queue: open the first concern. Read the sentence, the timeline and the innocent explanations.
  3. Decide: "No concern", with the explanation that fits. Then take it back within ten minutes.
  4. As the investigator, ask on a concern for an authorisation to look deeper; as the head of unit, grant it.
  5. As the head of unit, ask who a concern is about; as the investigator, agree: staff number and person show for one shift.
  6. As the case handler, ask under Break-glass to open a concern by its reference. The investigator and the head of unit approve,
     the case handler reads it for an hour, and the auditor reviews it. The auditor's other pages are Watching the unit and Log.
  7. Indicators: what is looked for, why it is worth its points, and what it cannot see.

Stop with Ctrl+C. A later start keeps the data and is up in seconds.
`
