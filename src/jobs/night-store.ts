import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** A night on which detection was due, and what became of it. */
export type Night = {
  /** The UK day on which it was due, `YYYY-MM-DD`. */
  readonly night: string
  readonly dueAt: Date
  readonly outcome: 'ran' | 'missed' | 'failed'
  /** Why it was missed or failed, or what else there is to know, as a sentence; empty otherwise. */
  readonly why: string
  /** When a later run made up for it; undefined while none has, or where it ran. */
  readonly filledAt: Date | undefined
  /** Concerns that entered the queue for evidence of the day this night would have looked at; undefined until filled in. */
  readonly concerns: number | undefined
}

const toNight = (row: {
  night: string
  due_at: Date
  outcome: string
  why: string
  filled_at: Date | null
  concerns: number | null
}): Night => ({
  night: row.night,
  dueAt: row.due_at,
  outcome: row.outcome as Night['outcome'],
  why: row.why,
  filledAt: row.filled_at ?? undefined,
  concerns: row.concerns ?? undefined,
})

/** The last nights, newest first. */
export const listNights = async (db: CaseworkDb, limit: number): Promise<Night[]> => {
  const rows = await db.selectFrom('nights').selectAll().orderBy('night', 'desc').limit(limit).execute()
  return rows.map(toNight)
}

/** Nights that no run has made up for yet, oldest first. */
export const listUnfilled = async (db: CaseworkDb): Promise<Night[]> => {
  const rows = await db
    .selectFrom('nights')
    .selectAll()
    .where('outcome', '!=', 'ran')
    .where('filled_at', 'is', null)
    .orderBy('night')
    .execute()
  return rows.map(toNight)
}

/** Writes down what became of a night; one that is written down already gets its new outcome. */
export const putNight = async (
  db: CaseworkDb,
  night: Pick<Night, 'night' | 'dueAt' | 'outcome' | 'why'>,
  at: Date,
): Promise<void> => {
  const values = { due_at: night.dueAt, outcome: night.outcome, why: night.why, noted_at: at }
  await db
    .insertInto('nights')
    .values({ night: night.night, ...values, filled_at: null, concerns: null })
    .onConflict(conflict =>
      conflict.column('night').doUpdateSet({ ...values, filled_at: null, concerns: null }),
    )
    .execute()
}

/** Writes down that a run made up for a night, and how many concerns it put into the queue for its day. */
export const markFilled = async (
  db: CaseworkDb,
  night: string,
  at: Date,
  concerns: number,
): Promise<void> => {
  await db.updateTable('nights').set({ filled_at: at, concerns }).where('night', '=', night).execute()
}

/** How many concerns entered the queue, from a moment on, for evidence that sufficed on a day (`YYYY-MM-DD`). */
export const countEnteredSince = async (db: CaseworkDb, since: Date, day: string): Promise<number> => {
  const { count } = await db
    .selectFrom('concern_history')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('entered_review_on', '=', day)
    .where('at', '>=', since)
    .executeTakeFirstOrThrow()
  return count
}
