import { sql } from 'kysely'
import { z } from 'zod'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { TuningPreview } from '../detection/preview-tuning.ts'
import type { TuningChanges } from '../detection/tunings.ts'

const changesShape = z.object({
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())])),
  weight: z.number().positive(),
  status: z.enum(['live', 'shadow']).optional(),
})

const readChanges = (stored: unknown): TuningChanges => {
  const { status, ...same } = changesShape.parse(stored)
  return { ...same, status }
}

/** A draft as the store holds it. */
export type StoredDraft = {
  readonly indicator: string
  readonly contentVersion: number
  readonly changes: TuningChanges
  readonly madeBy: string
  readonly madeByName: string
  readonly changedAt: Date
  /** What the changes as they stand would have shown; undefined while detection has never run. */
  readonly preview: TuningPreview | undefined
  readonly previewedAt: Date | undefined
  readonly reason: string
  /** When publishing was asked for. */
  readonly askedAt: Date | undefined
  /** Goes up with every change. */
  readonly version: number
}

/** A published change as the store holds it. */
export type StoredEdition = {
  readonly indicator: string
  readonly edition: number
  readonly contentVersion: number
  readonly changes: TuningChanges
  readonly preview: TuningPreview | undefined
  readonly reason: string
  readonly madeByName: string
  /** Empty for a roll back, which one person does. */
  readonly agreedByName: string
  readonly rolledBackTo: number | undefined
  readonly at: Date
}

/** The draft of an indicator; `lock` keeps others from changing it until the transaction ends. */
export const findDraft = async (
  db: CaseworkDb,
  indicator: string,
  lock = false,
): Promise<StoredDraft | undefined> => {
  if (lock) await lockTuning(db, indicator)
  return (await selectDrafts(db, indicator))[0]
}

/** Every draft, the oldest change first. */
export const listDrafts = (db: CaseworkDb): Promise<StoredDraft[]> => selectDrafts(db, undefined)

/** Lets one person at a time change how an indicator is tuned. */
export const lockTuning = async (db: CaseworkDb, indicator: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(7270104, hashtext(${indicator}))`.execute(db)
}

const selectDrafts = async (db: CaseworkDb, indicator: string | undefined): Promise<StoredDraft[]> => {
  const rows = await db
    .selectFrom('indicator_drafts as d')
    .innerJoin('users as u', 'u.id', 'd.made_by')
    .selectAll('d')
    .select('u.name as made_by_name')
    .$if(indicator !== undefined, query => query.where('d.indicator', '=', indicator ?? ''))
    .orderBy('d.changed_at')
    .execute()
  return rows.map(row => ({
    indicator: row.indicator,
    contentVersion: row.content_version,
    changes: readChanges(row.changes),
    madeBy: row.made_by,
    madeByName: row.made_by_name,
    changedAt: row.changed_at,
    preview: (row.preview ?? undefined) as TuningPreview | undefined,
    previewedAt: row.previewed_at ?? undefined,
    reason: row.reason,
    askedAt: row.asked_at ?? undefined,
    version: row.version,
  }))
}

/** Writes a draft down, in the place of the one before; asking for it has to begin afresh. */
export const putDraft = async (
  db: CaseworkDb,
  draft: Pick<StoredDraft, 'indicator' | 'contentVersion' | 'changes' | 'madeBy' | 'preview'> & {
    readonly at: Date
  },
): Promise<void> => {
  const values = {
    content_version: draft.contentVersion,
    changes: JSON.stringify(draft.changes),
    made_by: draft.madeBy,
    changed_at: draft.at,
    preview: draft.preview === undefined ? null : JSON.stringify(draft.preview),
    previewed_at: draft.preview === undefined ? null : draft.at,
    reason: '',
    asked_at: null,
  }
  await db
    .insertInto('indicator_drafts')
    .values({ indicator: draft.indicator, ...values })
    .onConflict(conflict =>
      conflict
        .column('indicator')
        .doUpdateSet(({ eb }) => ({ ...values, version: eb('indicator_drafts.version', '+', 1) })),
    )
    .execute()
}

/** Marks a draft as waiting for a second person, with the reason; without a moment it is the first person's again. */
export const markAsked = async (
  db: CaseworkDb,
  indicator: string,
  asked: { readonly at: Date | null; readonly reason: string; readonly madeBy: string },
): Promise<void> => {
  await db
    .updateTable('indicator_drafts')
    .set(({ eb }) => ({
      asked_at: asked.at,
      reason: asked.reason,
      made_by: asked.madeBy,
      version: eb('version', '+', 1),
    }))
    .where('indicator', '=', indicator)
    .execute()
}

/** Takes a draft away; what was published stays. */
export const deleteDraft = async (db: CaseworkDb, indicator: string): Promise<void> => {
  await db.deleteFrom('indicator_drafts').where('indicator', '=', indicator).execute()
}

/** Every edition of an indicator, newest first; of all indicators without one. */
export const listEditions = async (db: CaseworkDb, indicator?: string): Promise<StoredEdition[]> => {
  const rows = await db
    .selectFrom('indicator_editions as e')
    .innerJoin('users as m', 'm.id', 'e.made_by')
    .leftJoin('users as a', 'a.id', 'e.agreed_by')
    .selectAll('e')
    .select(['m.name as made_by_name', 'a.name as agreed_by_name'])
    .$if(indicator !== undefined, query => query.where('e.indicator', '=', indicator ?? ''))
    .orderBy('e.indicator')
    .orderBy('e.edition', 'desc')
    .execute()
  return rows.map(row => ({
    indicator: row.indicator,
    edition: row.edition,
    contentVersion: row.content_version,
    changes: readChanges(row.changes),
    preview: (row.preview ?? undefined) as TuningPreview | undefined,
    reason: row.reason,
    madeByName: row.made_by_name,
    agreedByName: row.agreed_by_name ?? '',
    rolledBackTo: row.rolled_back_to ?? undefined,
    at: row.at,
  }))
}

/** Adds an edition: the last one is what detection runs with. */
export const insertEdition = async (
  db: CaseworkDb,
  edition: Pick<
    StoredEdition,
    'indicator' | 'edition' | 'contentVersion' | 'changes' | 'preview' | 'reason' | 'at'
  > & {
    readonly madeBy: string
    readonly agreedBy: string | null
    readonly rolledBackTo: number | null
  },
): Promise<void> => {
  await db
    .insertInto('indicator_editions')
    .values({
      indicator: edition.indicator,
      edition: edition.edition,
      content_version: edition.contentVersion,
      changes: JSON.stringify(edition.changes),
      preview: edition.preview === undefined ? null : JSON.stringify(edition.preview),
      reason: edition.reason,
      made_by: edition.madeBy,
      agreed_by: edition.agreedBy,
      rolled_back_to: edition.rolledBackTo,
      at: edition.at,
    })
    .execute()
}
