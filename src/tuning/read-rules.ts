import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { DetectionRules } from '../detection/detect.ts'
import type { Tuning } from '../detection/tunings.ts'
import { listExceptions, toDetection } from './exception-store.ts'
import { listEditions, type StoredEdition } from './tuning-store.ts'

/** What this unit changed about detection: the last edition of every indicator, and every exception that was not withdrawn. */
export const readRules = async (db: CaseworkDb): Promise<Omit<DetectionRules, 'unread'>> => ({
  tunings: currentTunings(await listEditions(db)),
  exceptions: (await listExceptions(db)).filter(each => !each.withdrawn).map(toDetection),
})

/** The last edition of each indicator, from editions newest first. */
const currentTunings = (editions: readonly StoredEdition[]): Tuning[] =>
  editions
    .filter((each, at) => editions.findIndex(other => other.indicator === each.indicator) === at)
    .map(({ indicator, edition, changes }) => ({ indicator, edition, ...changes }))
