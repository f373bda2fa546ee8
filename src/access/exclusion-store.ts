import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Why everything about somebody is kept from a person. Those from `self` to `family` follow from the records. */
export const exclusionKinds = {
  self: 'It is about them',
  line: 'Line management, up or down',
  colleague: 'Posted or crewed together',
  associate: 'A declared association, or named in a notice',
  partner: 'Partner or former partner',
  family: 'Family or household',
  by_hand: 'Excluded by hand',
  recusal: 'Took themselves off',
} as const satisfies Record<string, string>

type ExclusionKind = keyof typeof exclusionKinds

/** The tables whose rows are about one member of staff and one member of the public. */
type OfAPair = 'concerns' | 'c'

/**
 * Leaves out what is about somebody that a person is kept from: about that member of staff, or about that member of the public.
 * @param table name of the table of pairs in the query, or its alias
 */
export const notKeptFrom = (userId: string, table: OfAPair) =>
  sql<boolean>`(not exists (select 1 from exclusions x where x.user_id = ${userId} and x.ended_at is null
      and x.staff_id = ${sql.ref(`${table}.staff_id`)})
    and not exists (select 1 from exclusions x where x.user_id = ${userId} and x.ended_at is null
      and x.person_id <> '' and x.person_id = ${sql.ref(`${table}.person_id`)}))`

/** Everybody about whom a person may learn nothing. */
export type KeptAway = { readonly staffIds: readonly string[]; readonly personIds: readonly string[] }

/** Whom a person is kept from, for what the lake holds: the casework store leaves them out by itself. */
export const selectKeptAway = async (db: CaseworkDb, userId: string): Promise<KeptAway> => {
  const rows = await db
    .selectFrom('exclusions')
    .select(['staff_id', 'person_id'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute()
  const every = (ids: readonly string[]): string[] => [...new Set(ids.filter(id => id !== ''))]
  return { staffIds: every(rows.map(row => row.staff_id)), personIds: every(rows.map(row => row.person_id)) }
}

/** What is about neither a member of staff nor a member of the public that its reader is kept from. */
export const withoutKeptAway = <Pair extends { readonly staffId: string; readonly personId: string }>(
  pairs: readonly Pair[],
  { staffIds, personIds }: KeptAway,
): Pair[] => {
  const [staff, people] = [new Set(staffIds), new Set(personIds)]
  return pairs.filter(pair => !staff.has(pair.staffId) && !people.has(pair.personId))
}

type NewExclusion = {
  readonly userId: string
  /** A member of staff, or a member of the public: one of the two. */
  readonly from: { readonly staffId: string } | { readonly personId: string }
  /** What follows from the records is derived by the store. */
  readonly kind: 'by_hand' | 'recusal'
  /** What says so: a record, a notice, the person themselves. */
  readonly source: string
  readonly reason?: string
  readonly byUser: string
  readonly at: Date
}

/** Keeps a person from everything about somebody; a second time changes nothing. */
export const insertExclusion = async (db: CaseworkDb, row: NewExclusion): Promise<void> => {
  await db
    .insertInto('exclusions')
    .values({
      user_id: row.userId,
      ...('staffId' in row.from ? { staff_id: row.from.staffId } : { person_id: row.from.personId }),
      kind: row.kind,
      source: row.source,
      reason: row.reason ?? '',
      by_user: row.byUser,
      since: row.at,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Somebody from whom a concern is kept, and whether somebody asked that it ends. */
export type KeptFrom = {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly kind: ExclusionKind
  /** Because of the member of staff; otherwise because of the member of the public. */
  readonly ofStaff: boolean
  readonly reason: string
  readonly since: Date
  readonly endedAt: Date | undefined
  readonly ending: { readonly reason: string; readonly askedBy: string } | undefined
}

/** From whom a concern is kept; nobody where the person on whose behalf the store is asked may not know. */
export const selectKeptFrom = async (db: CaseworkDb, ref: string): Promise<KeptFrom[]> => {
  const { rows } = await sql<{
    id: string
    user_id: string
    name: string
    kind: ExclusionKind
    of_staff: boolean
    reason: string
    since: Date
    ended_at: Date | null
    end_id: string | null
    end_reason: string | null
    end_asked_by: string | null
  }>`select * from kept_from_concern(${ref})`.execute(db)
  return rows.map(row => ({
    id: row.id,
    userId: row.user_id,
    name: row.name,
    kind: row.kind,
    ofStaff: row.of_staff,
    reason: row.reason,
    since: row.since,
    endedAt: row.ended_at ?? undefined,
    ending:
      row.end_id === null ? undefined : { reason: row.end_reason ?? '', askedBy: row.end_asked_by ?? '' },
  }))
}

type Act = { readonly ref: string; readonly at: Date }

/** Keeps a person from everything about the member of staff of a concern. Says whether it did: not oneself, not twice. */
export const excludeByHand = async (
  db: CaseworkDb,
  { ref, at, userId, reason }: Act & { readonly userId: string; readonly reason: string },
): Promise<boolean> => {
  const { rows } = await sql<{ done: boolean }>`
    select exclude_by_hand(${ref}, ${userId}, ${reason}, ${at}::timestamptz) as done`.execute(db)
  return rows[0]?.done === true
}

/** Asks that an exclusion ends. Says whether it was asked. */
export const askExclusionEnd = async (
  db: CaseworkDb,
  { ref, at, id, reason }: Act & { readonly id: string; readonly reason: string },
): Promise<boolean> => {
  const { rows } = await sql<{ done: boolean }>`
    select ask_exclusion_end(${ref}, ${id}, ${reason}, ${at}::timestamptz) as done`.execute(db)
  return rows[0]?.done === true
}

/** Agrees with another person that an exclusion ends. Says whether it did. */
export const agreeExclusionEnd = async (
  db: CaseworkDb,
  { ref, at, id }: Act & { readonly id: string },
): Promise<boolean> => {
  const { rows } = await sql<{ done: boolean }>`
    select agree_exclusion_end(${ref}, ${id}, ${at}::timestamptz) as done`.execute(db)
  return rows[0]?.done === true
}
