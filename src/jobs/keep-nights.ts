import { dueNights, nightly } from './due-nights.ts'
import { listNights, listUnfilled, putNight } from './night-store.ts'
import { noticeNights } from './notice-nights.ts'
import { runNight } from './run-night.ts'

type KeepDeps = Parameters<typeof runNight>[0]

/** A schedule that is kept. */
export type KeptNights = {
  /** When detection is due next. */
  readonly nextAt: Date | undefined
  /** Lets a run that is under way end, and begins no other. */
  readonly stop: () => Promise<void>
}

const hour = 3_600_000

/** How long after it was due a night counts as missed, in milliseconds: until then the run of that night may be about to begin. */
const patience = 600_000

/**
 * Keeps the nightly schedule of a serving process: notices nights that passed without detection, makes up for them at once, and
 * runs detection when it is due. Every hour it looks for a night that the machine slept through.
 * @param at `HH:MM`, UK time
 */
export const keepNights = async (
  deps: KeepDeps,
  { at, inbox }: { readonly at: string; readonly inbox: string | undefined },
): Promise<KeptNights> => {
  const servingSince = deps.clock.now()
  let underWay: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<unknown>): void => {
    // A failure is written down by the run itself; what cannot even be written down ends no schedule.
    underWay = underWay.then(work).catch((thrown: unknown) => {
      process.stderr.write(`The nightly run could not be written down: ${String(thrown)}\n`)
    })
  }
  const noticeUntil = async (moment: Date): Promise<void> => {
    await noticeNights({ ...deps, clock: { now: () => moment } }, at, servingSince)
  }
  const makeUp = async (): Promise<void> => {
    await noticeUntil(new Date(deps.clock.now().getTime() - patience))
    const [night] = dueNights(at, new Date(0), deps.clock.now(), 1)
    if (night === undefined || (await listUnfilled(deps.store.db)).length === 0) return
    await runNight(deps, { night, inbox, onTime: false })
  }
  const runDue = async (): Promise<void> => {
    const [night] = dueNights(at, new Date(0), deps.clock.now(), 1)
    if (night === undefined) return
    const [last] = await listNights(deps.store.db, 1)
    if (last === undefined || last.night < night.night) {
      await noticeUntil(new Date(night.dueAt.getTime() - 1_000))
      await runNight(deps, { night, inbox, onTime: true })
    }
  }
  await begin(deps, at)
  inTurn(makeUp)
  const schedule = nightly(at)
  schedule.schedule(() => {
    inTurn(runDue)
  })
  schedule.resume()
  const watch = setInterval(() => {
    inTurn(makeUp)
  }, hour)
  return {
    get nextAt() {
      return schedule.nextRun() ?? undefined
    },
    stop: async () => {
      schedule.stop()
      clearInterval(watch)
      await underWay
    },
  }
}

/** The first time that a schedule is kept, the night before counts as kept: what came earlier nobody promised. */
const begin = async ({ store, clock }: KeepDeps, at: string): Promise<void> => {
  if ((await listNights(store.db, 1)).length > 0) return
  const [night] = dueNights(at, new Date(0), clock.now(), 1)
  if (night !== undefined)
    await putNight(
      store.db,
      { ...night, outcome: 'ran', why: 'The schedule began after this night.' },
      clock.now(),
    )
}
