import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { BandNow } from '../core/bands.ts'
import type { Status } from './concern.ts'
import type { KnownConcern, PlannedChange, PlannedHistory } from './plan-raise.ts'
import { newReference } from './reference.ts'
import type { Standing } from './standing.ts'

/** Rows of one insert: well under the 65,535 parameters of a statement. */
const chunk = 2_000

/** Lets one run at a time raise concerns; the next waits for the transaction to end. */
export const lockRaising = async (db: CaseworkDb): Promise<void> => {
  await sql`select pg_advisory_xact_lock(7270103)`.execute(db)
}

/** A pair as a map key. */
export const pairKey = (pair: { readonly staffId: string; readonly personId: string }): string =>
  JSON.stringify([pair.staffId, pair.personId])

/** Every concern with all the evidence it ever had, by pair. Rows stay locked until the transaction ends. */
export const readKnown = async (db: CaseworkDb): Promise<Map<string, KnownConcern>> => {
  const rows = await db
    .selectFrom('concerns')
    .select([
      'ref',
      'staff_id',
      'person_id',
      'status',
      'band',
      'points',
      'fingerprint',
      'decided_band',
      'watch_until',
    ])
    .forUpdate()
    .execute()
  const evidence = new Map<string, Map<string, boolean>>(rows.map(row => [row.ref, new Map()]))
  for (const row of await db
    .selectFrom('concern_evidence')
    .select(['ref', 'evidence_id', 'gone_at'])
    .execute())
    evidence.get(row.ref)?.set(row.evidence_id, row.gone_at === null)
  return new Map(
    rows.map(row => {
      const known: KnownConcern = {
        ref: row.ref,
        staffId: row.staff_id,
        personId: row.person_id,
        status: row.status as Status,
        band: row.band as BandNow,
        points: row.points,
        fingerprint: row.fingerprint,
        decidedBand: (row.decided_band ?? undefined) as BandNow | undefined,
        watchUntil: row.watch_until ?? undefined,
        evidence: evidence.get(row.ref) ?? new Map<string, boolean>(),
      }
      return [pairKey(known), known]
    }),
  )
}

/** When something begins to wait: the moment, and the day to decide by. */
export type Waiting = { readonly now: Date; readonly dueOn: string }

const standingColumns = (standing: Standing) => ({
  points: standing.points,
  bonus: standing.bonus,
  account: standing.account,
  parts: JSON.stringify(standing.parts),
  reached_on: JSON.stringify(standing.reachedOn),
  fingerprint: standing.fingerprint,
  on_day: standing.onDay,
})

const waitingColumns = (change: PlannedChange, { now, dueOn }: Waiting) =>
  change.entersQueue ? { waiting_since: now, due_on: dueOn, watch_until: null, closed_at: null } : {}

/** Writes the concerns that are opened, a few statements for all of them. */
export const insertOpened = async (
  db: CaseworkDb,
  opened: readonly { readonly standing: Standing; readonly change: PlannedChange }[],
  waiting: Waiting,
): Promise<void> => {
  const rows = opened.map(each => ({ ...each, ref: newReference() }))
  for (const part of chunks(rows, chunk))
    await db
      .insertInto('concerns')
      .values(
        part.map(({ ref, standing, change }) => ({
          ref,
          staff_id: standing.staffId,
          person_id: standing.personId,
          status: change.status,
          band: change.band,
          opened_at: waiting.now,
          waiting_since: null,
          due_on: null,
          ...standingColumns(standing),
          ...waitingColumns(change, waiting),
        })),
      )
      .execute()
  await addEvidence(
    db,
    rows.map(({ ref, change }) => ({ ref, ids: change.newEvidence })),
    waiting.now,
  )
  await addHistory(
    db,
    rows.map(({ ref, change }) => ({ ref, rows: change.history })),
    waiting.now,
  )
}

/** Writes what changed about one concern. */
export const updateRaised = async (
  db: CaseworkDb,
  known: KnownConcern,
  standing: Standing | undefined,
  change: PlannedChange,
  waiting: Waiting,
): Promise<void> => {
  await db
    .updateTable('concerns')
    .set({
      status: change.status,
      band: change.band,
      ...(standing !== undefined && change.takesStanding ? standingColumns(standing) : {}),
      ...(change.outcome === 'reopened' ? { decided_band: null } : {}),
      ...waitingColumns(change, waiting),
    })
    .$if(change.history.length > 0, query => query.set(({ eb }) => ({ version: eb('version', '+', 1) })))
    .where('ref', '=', known.ref)
    .execute()
  await addEvidence(db, [{ ref: known.ref, ids: change.newEvidence }], waiting.now)
  await markEvidence(db, known.ref, change.goneEvidence, waiting.now)
  await markEvidence(db, known.ref, change.backEvidence, null)
  await addHistory(db, [{ ref: known.ref, rows: change.history }], waiting.now)
}

const addEvidence = async (
  db: CaseworkDb,
  added: readonly { readonly ref: string; readonly ids: readonly string[] }[],
  at: Date,
): Promise<void> => {
  const rows = added.flatMap(({ ref, ids }) =>
    [...new Set(ids)].map(id => ({ ref, evidence_id: id, first_seen_at: at, gone_at: null })),
  )
  for (const part of chunks(rows, chunk)) await db.insertInto('concern_evidence').values(part).execute()
}

const markEvidence = async (
  db: CaseworkDb,
  ref: string,
  ids: readonly string[],
  goneAt: Date | null,
): Promise<void> => {
  for (const part of chunks(ids, chunk))
    await db
      .updateTable('concern_evidence')
      .set({ gone_at: goneAt })
      .where('ref', '=', ref)
      .where('evidence_id', 'in', part)
      .execute()
}

const addHistory = async (
  db: CaseworkDb,
  added: readonly { readonly ref: string; readonly rows: readonly PlannedHistory[] }[],
  at: Date,
): Promise<void> => {
  const rows = added.flatMap(({ ref, rows: planned }) =>
    planned.map(row => ({
      ref,
      at,
      kind: row.kind,
      by_user: null,
      detail: JSON.stringify(row.detail),
      entered_review_on: row.enteredReviewOn ?? null,
    })),
  )
  for (const part of chunks(rows, chunk)) await db.insertInto('concern_history').values(part).execute()
}

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
