import { z } from 'zod'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

const day = z.string()

/**
 * What was due when it was asked for, by age alone. What is held, and what is about a live concern, is left out on the night that it
 * is carried out: who asks may not know of it.
 */
export const destructionPlan = z.object({
  feeds: z.array(
    z.object({
      feed: z.string(),
      before: day,
      rows: z.number(),
      /** Days for which the feed's records were kept when it was asked; not known of older requests. */
      days: z.number().optional(),
      /** Whether somebody had confirmed these days; proposed by the record contract otherwise. */
      confirmed: z.boolean().optional(),
    }),
  ),
  rejectsBefore: day,
  rejects: z.number(),
  /** Concerns closed before this day. */
  closedBefore: day,
})

export type DestructionPlan = z.infer<typeof destructionPlan>

/** A request to destroy what is due, and what became of it. */
export type Destruction = {
  readonly id: string
  readonly askedBy: string
  readonly askedByName: string
  readonly askedAt: Date
  readonly reason: string
  readonly plan: DestructionPlan
  readonly agreedByName: string
  readonly agreedAt: Date | undefined
  readonly withdrawnByName: string
  readonly withdrawnAt: Date | undefined
  readonly doneAt: Date | undefined
}

/** Every request, newest first. */
export const listDestructions = async (db: CaseworkDb): Promise<Destruction[]> => {
  const rows = await db
    .selectFrom('destructions as d')
    .innerJoin('users as a', 'a.id', 'd.asked_by')
    .leftJoin('users as b', 'b.id', 'd.agreed_by')
    .leftJoin('users as w', 'w.id', 'd.withdrawn_by')
    .selectAll('d')
    .select(['a.name as asked_name', 'b.name as agreed_name', 'w.name as withdrawn_name'])
    .orderBy('d.asked_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    askedBy: row.asked_by,
    askedByName: row.asked_name,
    askedAt: row.asked_at,
    reason: row.reason,
    plan: destructionPlan.parse(row.plan),
    agreedByName: row.agreed_name ?? '',
    agreedAt: row.agreed_at ?? undefined,
    withdrawnByName: row.withdrawn_name ?? '',
    withdrawnAt: row.withdrawn_at ?? undefined,
    doneAt: row.done_at ?? undefined,
  }))
}

/** The request that is neither done nor withdrawn; there is one at most. */
export const findOpenDestruction = async (db: CaseworkDb): Promise<Destruction | undefined> =>
  (await listDestructions(db)).find(each => each.doneAt === undefined && each.withdrawnAt === undefined)

/** Writes a request down; false when one is open already. */
export const insertDestruction = async (
  db: CaseworkDb,
  row: Pick<Destruction, 'id' | 'askedBy' | 'askedAt' | 'reason' | 'plan'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('destructions')
    .values({
      id: row.id,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
      reason: row.reason,
      plan: JSON.stringify(row.plan),
      agreed_by: null,
      withdrawn_by: null,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

type Step = { readonly id: string; readonly by: string; readonly at: Date }

/** Agrees to a request of somebody else that nobody has answered; false when there is none. */
export const agreeDestruction = async (db: CaseworkDb, { id, by, at }: Step): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('destructions')
    .set({ agreed_by: by, agreed_at: at })
    .where('id', '=', id)
    .where('asked_by', '!=', by)
    .where('agreed_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes back a request that was not carried out; false when there is none. */
export const withdrawDestruction = async (db: CaseworkDb, { id, by, at }: Step): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('destructions')
    .set({ withdrawn_by: by, withdrawn_at: at })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Writes down that a request was carried out. */
export const markDestroyed = async (db: CaseworkDb, id: string, at: Date): Promise<void> => {
  await db.updateTable('destructions').set({ done_at: at }).where('id', '=', id).execute()
}
