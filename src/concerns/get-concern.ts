import { can, type User } from '../access/user.ts'
import type { BandNow } from '../core/bands.ts'
import type { Concern, Disposition, HistoryDetail, HistoryKind } from './concern.ts'
import { toConcernRow } from './concern-row.ts'
import { findConcernFor, readConcernRows } from './concern-store.ts'
import { undoMinutes, type DispositionKind } from './dispositions.ts'
import { labelPair, reviewMask, type Labels } from './labels.ts'
import type { ReadDeps } from './list-concerns.ts'
import { readReference } from './reference.ts'
import { returnWatched } from './return-watched.ts'
import { countShown, openRequests, shownTo } from './unmask-store.ts'

/**
 * A concern with its history, or undefined: the same answer for one that does not exist and one that the person may not see.
 * Write the reading to the log before calling this.
 */
export const getConcern = async (deps: ReadDeps, user: User, typed: string): Promise<Concern | undefined> => {
  const ref = readReference(typed)
  if (ref === undefined) return undefined
  await returnWatched(deps)
  const { db } = deps.store
  const stored = await findConcernFor(db, user, 'read-concern', ref)
  if (stored === undefined) return undefined
  const now = deps.clock.now()
  const shownUntil = (await shownTo(db, user.id, now)).get(ref)
  const pair = { staffId: stored.staff_id, personId: stored.person_id }
  const labels = labelPair(reviewMask(deps.maskKey, deps.clock), pair, shownUntil !== undefined)
  const rows = await readConcernRows(db, ref)
  const requests = await openRequests(db, ref)
  const shownLately = await countShown(
    db,
    requests.map(request => request.asked_by),
    daysBefore(now, countedDays),
  )
  const dispositions = rows.dispositions.map(row => toDisposition(row, labels))
  const last = rows.dispositions.find(row => row.undone_at === null)
  const undoUntil = last?.by_user === user.id ? addMinutes(last.at, undoMinutes) : undefined
  return {
    ...toConcernRow(stored, labels, now),
    reachedOn: stored.reached_on as Concern['reachedOn'],
    evidence: rows.evidence.map(row => ({
      id: row.evidence_id,
      firstSeenAt: row.first_seen_at,
      goneAt: row.gone_at ?? undefined,
    })),
    history: rows.history.map(row => ({
      at: row.at,
      kind: row.kind as HistoryKind,
      by: row.by_name ?? undefined,
      detail: cleanDetail(row.detail as HistoryDetail, labels, row.by_name !== null),
    })),
    dispositions,
    undoUntil: undoUntil !== undefined && undoUntil > now ? undoUntil : undefined,
    unmask: unmaskState(user, shownUntil, requests),
    shownUntil,
    asking: can(user, 'grant-unmask')
      ? requests
          .filter(request => request.asked_by !== user.id)
          .map(request => ({
            id: request.id,
            by: request.by_name,
            reason: labels.cleanTyped(request.reason),
            at: request.asked_at,
            shownLately: shownLately.get(request.asked_by) ?? 0,
          }))
      : [],
    version: stored.version,
  }
}

/** Days over which what somebody was shown is counted for the person who is to agree. Judgement: a month. */
const countedDays = 30

const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * 86_400_000)

const addMinutes = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * 60_000)

const unmaskState = (
  user: User,
  shownUntil: Date | undefined,
  requests: readonly { readonly asked_by: string }[],
): Concern['unmask'] => {
  if (shownUntil !== undefined) return 'shown'
  if (requests.some(request => request.asked_by === user.id)) return 'asked'
  return can(user, 'ask-unmask') ? 'may_ask' : 'no'
}

/** What a person wrote may name anybody; what detection wrote names the pair alone. */
const cleanDetail = (detail: HistoryDetail, labels: Labels, typed: boolean): HistoryDetail => ({
  ...detail,
  says: typed ? labels.cleanTyped(detail.says) : labels.clean(detail.says),
  ...(detail.indicators === undefined
    ? {}
    : { indicators: detail.indicators.map(each => ({ ...each, sentence: labels.clean(each.sentence) })) }),
})

type StoredDisposition = Awaited<ReturnType<typeof readConcernRows>>['dispositions'][number]

const toDisposition = (row: StoredDisposition, labels: Labels): Disposition => ({
  kind: row.kind as DispositionKind,
  explanation: row.explanation ?? undefined,
  until: row.until_on ?? undefined,
  reason: labels.cleanTyped(row.reason),
  by: row.by_name,
  at: row.at,
  band: row.band as BandNow,
  points: row.points,
  undoneAt: row.undone_at ?? undefined,
})
