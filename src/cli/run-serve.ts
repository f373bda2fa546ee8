import type { Command } from 'commander'
import { readKey } from '../core/keys.ts'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { silentProgress } from '../core/progress.ts'
import { readSettings, type Settings } from '../core/settings.ts'
import { AppError } from '../core/errors.ts'
import { createFactTables } from '../detection/build-facts.ts'
import { carryOutRegister } from '../jobs/carry-out-destruction.ts'
import { keepNights } from '../jobs/keep-nights.ts'
import { keepWitnessed, readWitnesses } from '../jobs/keep-witnessed.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { readWebContent } from '../web/content.ts'
import { startApp } from '../web/start-app.ts'
import { firstSignInWords, makeFirstSignIns } from './first-sign-in.ts'
import { openSignIn } from './open-sign-in.ts'
import { recoverAndPrepare } from './prepare-lake.ts'

/** Does what `upstander serve` asks for. */
export const runServe = async (options: { port?: string }, command: Command): Promise<void> => {
  const { data } = command.optsWithGlobals<{ data?: string }>()
  await serve(data, options.port)
}

type Opened = {
  readonly settings: Settings
  readonly lake: Lake
  readonly store: CaseworkStore
  /** Called with the address once a browser can open it: what is shown once is made only then. */
  readonly announce: (address: string) => Promise<void>
}

/** Serves the staff app on open stores until the process is asked to stop, then answers what is under way. */
export const serveUntilStopped = async ({ settings, lake, store, announce }: Opened): Promise<void> => {
  const maskKey = readKey(settings.dataDir, 'mask')
  await recoverAndPrepare(lake)
  await carryOutRegister({ lake, store, clock: systemClock, ...settings })
  await createFactTables(lake)
  const { signIn, secret } = await openSignIn({ lake, store, settings })
  const stopWitnesses = await keepWitnessed(store, readWitnesses(settings.witnesses), words => {
    process.stderr.write(`${words}\n`)
  })
  const running = await startApp(
    { lake, store, clock: systemClock, content: readWebContent(), settings, secret, signIn, maskKey },
    settings,
  )
  const nights = await keepSchedule({ settings, lake, store })
  await announce(running.address.replace('//127.0.0.1:', '//localhost:'))
  await stopSignal()
  process.stderr.write('Stopping: answering what is under way.\n')
  stopWitnesses()
  await running.stop()
  await nights?.stop()
}

/** The nightly run inside the serving process, which alone may write to the data folder. */
const keepSchedule = async ({ settings, lake, store }: Omit<Opened, 'announce'>) =>
  settings.nightlyAt === undefined
    ? undefined
    : await keepNights(
        {
          lake,
          store,
          clock: systemClock,
          progress: silentProgress,
          colleagueDays: settings.colleagueYears * 365,
          erasures: settings,
        },
        { at: settings.nightlyAt, inbox: settings.inbox },
      )

const serve = async (dataDir: string | undefined, port: string | undefined): Promise<void> => {
  const settings = readSettings(process.env, { dataDir, port: portOf(port) })
  const folder = takeDataFolder(settings.dataDir, 'serve')
  try {
    const lake = await openLake(settings)
    try {
      const store = await openCaseworkStore(settings)
      const announce = async (address: string): Promise<void> => {
        const made = await makeFirstSignIns({ lake, store, settings })
        const words = made.length === 0 ? '' : `${firstSignInWords(made)}\n`
        process.stdout.write(`Upstander is at ${address}\n${words}`)
      }
      await serveUntilStopped({ settings, lake, store, announce }).finally(() => store.close())
    } finally {
      await lake.close()
    }
  } finally {
    folder.release()
  }
}

/**
 * The port that was typed; undefined where none was.
 * @throws AppError USAGE when it is no port
 */
export const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError('USAGE', `--port takes a whole number from 0 to 65535, not "${text}".`)
  return port
}

/** Ends with the first request to stop; a second one ends the process at once. */
const stopSignal = async (): Promise<void> => {
  await new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve()
      })
  })
}
