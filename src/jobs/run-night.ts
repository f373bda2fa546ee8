import { appendEvent } from '../audit/audit-log.ts'
import { addDays } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { intakeFolder } from '../intake/intake-folder.ts'
import { oneAtATime } from '../lake/one-at-a-time.ts'
import { carryOutAgreed, type ErasureDeps } from './carry-out-destruction.ts'
import { detectAndRaise } from './detect-and-raise.ts'
import type { DueNight } from './due-nights.ts'
import { countEnteredSince, listUnfilled, markFilled, putNight } from './night-store.ts'

type NightDeps = Parameters<typeof detectAndRaise>[0] & {
  /** Where the register of erasures is kept; undefined where nothing is destroyed at night. */
  readonly erasures?: Pick<ErasureDeps, 'dataDir' | 'registerCopy'>
}

export type NightRun = {
  /** The night it is for; the last one that was due where it makes up for missed ones. */
  readonly night: DueNight
  /** Folder that is taken in first. */
  readonly inbox: string | undefined
  /** False where it only makes up for nights that are written down already. */
  readonly onTime: boolean
}

/**
 * One nightly run: takes the inbox in, detects, raises, and marks every missed night as made up for. One pass over history dates
 * each concern by the day its evidence sufficed, so that the missed days get the concerns they would have had.
 * @returns what became of it; a failure is written down with its sentence and not thrown
 */
export const runNight = async (
  deps: NightDeps,
  { night, inbox, onTime }: NightRun,
): Promise<'ran' | 'failed'> => {
  const { store, clock } = deps
  const startedAt = clock.now()
  try {
    const why = inbox === undefined ? '' : await takeIn(deps, inbox)
    if (deps.erasures !== undefined) await destroyAgreed(deps, deps.erasures)
    const { detected, raised } = await detectAndRaise(deps)
    if (onTime) await putNight(store.db, { ...night, outcome: 'ran', why }, clock.now())
    await fillIn(deps, { night, startedAt, lastDay: detected.lastDay })
    await log(
      deps,
      'detection-ran',
      `${raised.opened} opened, ${raised.joined} joined, ${raised.reopened} reopened`,
    )
    return 'ran'
  } catch (thrown) {
    const why = oneLine(messageOf(thrown))
    if (onTime) await putNight(store.db, { ...night, outcome: 'failed', why }, clock.now())
    await log(deps, 'detection-failed', why)
    return 'failed'
  }
}

/** Destroys what two people agreed on, while nothing else works on the lake. */
const destroyAgreed = (
  { lake, store, clock }: NightDeps,
  { dataDir, registerCopy }: Pick<ErasureDeps, 'dataDir' | 'registerCopy'>,
) => oneAtATime(lake, () => carryOutAgreed({ lake, store, clock, dataDir, registerCopy }))

/** Takes a folder in. Detection goes on without it: yesterday's records are better than none. */
const takeIn = async ({ lake, clock }: NightDeps, inbox: string): Promise<string> => {
  try {
    const { refused } = await intakeFolder({ lake, clock }, inbox)
    return refused.length === 0 ? '' : `Some of the night's files were refused: ${refused.length}.`
  } catch (thrown) {
    return `Nothing was taken in: ${oneLine(messageOf(thrown))}`
  }
}

const fillIn = async (
  { store, clock }: NightDeps,
  run: { readonly night: DueNight; readonly startedAt: Date; readonly lastDay: string },
): Promise<void> => {
  for (const missed of await listUnfilled(store.db)) {
    // A night looks at the records up to as many days before it as this run does.
    const nights = Math.round((Date.parse(run.night.night) - Date.parse(missed.night)) / 86_400_000)
    const concerns =
      run.lastDay === '' ? 0 : await countEnteredSince(store.db, run.startedAt, addDays(run.lastDay, -nights))
    await markFilled(store.db, missed.night, clock.now(), concerns)
  }
}

/** A message as one line that a page has room for. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 300)

const log = (
  { store, clock }: NightDeps,
  what: 'detection-ran' | 'detection-failed',
  why: string,
): Promise<unknown> =>
  appendEvent(
    { store, clock },
    {
      who: 'detection',
      what,
      subject: '',
      why,
      from: 'schedule',
      outcome: what === 'detection-ran' ? 'done' : 'failed',
    },
  )
