import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { readRuns, type Run } from '../detection/runs.ts'
import type { Lake } from '../lake/lake.ts'
import { dueNights, type DueNight } from './due-nights.ts'
import { listNights, putNight, type Night } from './night-store.ts'

type NoticeDeps = { readonly lake: Lake; readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

/** Runs of detection that are looked through for what became of a night. */
const runsLookedAt = 200

/**
 * Writes down every night that passed unnoticed since the last one that is written down, each with what became of it: detection
 * was run by hand, was stopped before it ended, or never began. Where no night is written down yet, none was missed.
 * @param at `HH:MM`, UK time
 * @param servingSince when this process began to serve
 * @returns the nights that were missed or failed
 */
export const noticeNights = async (
  { lake, store, clock }: NoticeDeps,
  at: string,
  servingSince: Date,
): Promise<Pick<Night, 'night' | 'dueAt' | 'outcome' | 'why'>[]> => {
  const [last] = await listNights(store.db, 1)
  if (last === undefined) return []
  const due = dueNights(at, last.dueAt, clock.now())
  if (due.length === 0) return []
  const runs = await readRuns(lake, runsLookedAt)
  const noticed = due.map((night, index) => ({
    ...night,
    ...whatBecameOf(night, due[index + 1]?.dueAt, runs, servingSince),
  }))
  for (const night of noticed) await putNight(store.db, night, clock.now())
  return noticed.filter(night => night.outcome !== 'ran')
}

const whatBecameOf = (
  night: DueNight,
  next: Date | undefined,
  runs: readonly Run[],
  servingSince: Date,
): Pick<Night, 'outcome' | 'why'> => {
  const own = runs.filter(
    ({ startedAt }) =>
      new Date(startedAt) >= night.dueAt && (next === undefined || new Date(startedAt) < next),
  )
  if (own.some(run => run.ended)) return { outcome: 'ran', why: 'Detection was run by hand.' }
  if (own.length > 0) return { outcome: 'failed', why: 'Detection began and was stopped before it ended.' }
  return {
    outcome: 'missed',
    why:
      servingSince > night.dueAt
        ? 'Upstander was not running.'
        : 'Upstander was running, and the machine slept or was too busy to begin.',
  }
}
