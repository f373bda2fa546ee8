import { notKeptFrom } from '../access/exclusion-store.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Authorisation } from './authorisation.ts'
import type { AuthorisationKind } from './authorisation-kinds.ts'

/** Writes down what was asked for. */
export const insertAuthorisation = async (
  db: CaseworkDb,
  row: Omit<Authorisation, 'askedBy' | 'pair' | 'answered' | 'reviews' | 'ended'> & {
    readonly askedBy: string
  },
): Promise<void> => {
  await db
    .insertInto('authorisations')
    .values({
      ref: row.ref,
      kind: row.kind,
      concern_ref: row.concernRef,
      colleagues: JSON.stringify(row.colleagues),
      from_on: row.fromOn,
      to_on: row.toOn,
      days: row.days,
      basis: row.basis,
      necessity: row.necessity,
      proportionality: row.proportionality,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
    })
    .execute()
}

/** Which authorisations are read: those of one concern, or one alone; all where neither is given. */
export type AuthorisationFilter = { readonly concernRef?: string; readonly ref?: string }

/** Authorisations that a person may know of, newest first: those of a concern they were taken off are left out. */
export const selectAuthorisations = async (
  db: CaseworkDb,
  userId: string,
  filter: AuthorisationFilter,
): Promise<Authorisation[]> => {
  const rows = await db
    .selectFrom('authorisations as a')
    .innerJoin('concerns as c', 'c.ref', 'a.concern_ref')
    .innerJoin('users as asker', 'asker.id', 'a.asked_by')
    .leftJoin('users as answerer', 'answerer.id', 'a.answered_by')
    .leftJoin('users as ender', 'ender.id', 'a.ended_by')
    .selectAll('a')
    .select([
      'c.staff_id',
      'c.person_id',
      'asker.name as asker_name',
      'answerer.name as answerer_name',
      'ender.name as ender_name',
    ])
    .where(notKeptFrom(userId, 'c'))
    .$if(filter.concernRef !== undefined, query => query.where('a.concern_ref', '=', filter.concernRef ?? ''))
    .$if(filter.ref !== undefined, query => query.where('a.ref', '=', filter.ref ?? ''))
    .orderBy('a.asked_at', 'desc')
    .orderBy('a.ref')
    .execute()
  const reviews = await selectReviews(
    db,
    rows.map(row => row.ref),
  )
  return rows.map(row => ({
    ref: row.ref,
    kind: row.kind as AuthorisationKind,
    concernRef: row.concern_ref,
    pair: { staffId: row.staff_id, personId: row.person_id },
    colleagues: row.colleagues as string[],
    fromOn: row.from_on,
    toOn: row.to_on,
    days: row.days,
    basis: row.basis,
    necessity: row.necessity,
    proportionality: row.proportionality,
    askedBy: { id: row.asked_by, name: row.asker_name },
    askedAt: row.asked_at,
    answered:
      row.answered_at === null
        ? undefined
        : {
            by: row.answerer_name ?? '',
            at: row.answered_at,
            reason: row.answer ?? '',
            granted:
              row.expires_at === null || row.review_by === null
                ? undefined
                : { expiresAt: row.expires_at, reviewBy: row.review_by },
          },
    reviews: reviews.filter(each => each.authorisation === row.ref),
    ended:
      row.ended_at === null
        ? undefined
        : { by: row.ender_name ?? '', at: row.ended_at, reason: row.end_reason ?? '' },
  }))
}

const selectReviews = async (db: CaseworkDb, refs: readonly string[]) =>
  refs.length === 0
    ? []
    : await db
        .selectFrom('authorisation_reviews')
        .innerJoin('users', 'users.id', 'authorisation_reviews.by_user')
        .select(['authorisation', 'users.name as by', 'at', 'reason'])
        .where('authorisation', 'in', refs)
        .orderBy('authorisation_reviews.id')
        .execute()

/** Writes the answer to one that had none; says whether there was such a one. Of two answers at once only one counts. */
export const markAnswered = async (
  db: CaseworkDb,
  ref: string,
  answer: {
    readonly by: string
    readonly at: Date
    readonly reason: string
    readonly granted: { readonly expiresAt: Date; readonly reviewBy: string } | undefined
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('authorisations')
    .set({
      answered_by: answer.by,
      answered_at: answer.at,
      answer: answer.reason,
      granted: answer.granted !== undefined,
      expires_at: answer.granted?.expiresAt ?? null,
      review_by: answer.granted?.reviewBy ?? null,
    })
    .where('ref', '=', ref)
    .where('answered_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Writes that somebody looked at one again and until when it now counts. */
export const insertReview = async (
  db: CaseworkDb,
  row: {
    readonly ref: string
    readonly by: string
    readonly at: Date
    readonly reason: string
    readonly nextBy: string
  },
): Promise<void> => {
  const { ref, by, at, reason, nextBy } = row
  await db
    .insertInto('authorisation_reviews')
    .values({ authorisation: ref, by_user: by, at, reason, next_by: nextBy })
    .execute()
  await db.updateTable('authorisations').set({ review_by: nextBy }).where('ref', '=', ref).execute()
}

/** Ends one that had not ended; says whether there was such a one. */
export const markAuthorisationEnded = async (
  db: CaseworkDb,
  ref: string,
  end: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('authorisations')
    .set({ ended_by: end.by, ended_at: end.at, end_reason: end.reason })
    .where('ref', '=', ref)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
