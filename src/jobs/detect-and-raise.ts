import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { listClosed } from '../concerns/closed-store.ts'
import type { Clock } from '../core/clock.ts'
import { raiseConcerns, type Raised, type RunTotals } from '../concerns/raise-concerns.ts'
import type { DetectResult } from '../detection/detect-result.ts'
import { detect, type DetectDeps, type DetectOptions, type DetectionRules } from '../detection/detect.ts'
import { readStandings } from '../detection/standing.ts'
import type { Lake } from '../lake/lake.ts'
import { oneAtATime } from '../lake/one-at-a-time.ts'
import { readRules } from '../tuning/read-rules.ts'
import { keepConflicts } from './keep-conflicts.ts'
import { readUnreadFeeds } from '../tuning/unread-feeds.ts'
import { watchNotices } from './watch-notices.ts'

type RaiseDeps = {
  readonly lake: Lake
  readonly store: Pick<CaseworkStore, 'db'>
  readonly clock: Clock
  /** Days for which having been posted or crewed together counts; as `keepConflicts` has it when left out. */
  readonly colleagueDays?: number | undefined
}

/**
 * The nightly job: detects with what the unit changed about it, brings the concerns up to date with what was found, and looks
 * for contact after notices.
 */
export const detectAndRaise = async (
  deps: DetectDeps & RaiseDeps,
  options: DetectOptions = {},
): Promise<{ readonly detected: DetectResult; readonly raised: Raised }> => {
  const rules = options.rules ?? (await readAllRules(deps))
  return await oneAtATime(deps.lake, async () => {
    await keepConflicts(deps, deps.colleagueDays)
    const detected = await detect(deps, { ...options, rules })
    const raised = await raiseFromLake(deps, detected.lastDay)
    await watchNotices(deps)
    return { detected, raised }
  })
}

/** What the unit changed about detection, and which feeds may not be read today. */
export const readAllRules = async (deps: RaiseDeps): Promise<DetectionRules> => ({
  ...(await readRules(deps.store.db)),
  unread: await readUnreadFeeds(deps),
})

/** Brings the concerns up to date with the scores that the lake holds. A second time changes nothing. */
export const raiseFromLake = async ({ lake, store, clock }: RaiseDeps, lastDay: string): Promise<Raised> => {
  const standings = await readStandings(lake, await listClosed(store.db))
  return await raiseConcerns({ store, clock }, standings, await totalsOn(lake, lastDay))
}

const totalsOn = async (lake: Lake, lastDay: string): Promise<RunTotals> => {
  if (lastDay === '') return { staffCount: 0, lastDay: undefined }
  const [row] = await lake.rows<{ staff: number }>(
    `select count() as staff from upstander.staff
     where (joined_on is null or joined_on <= {day:Date32}) and (left_on is null or left_on >= {day:Date32})`,
    { day: lastDay },
  )
  return { staffCount: row?.staff ?? 0, lastDay }
}
