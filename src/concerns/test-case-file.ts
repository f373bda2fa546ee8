import { randomUUID } from 'node:crypto'
import type { Cast } from '../access/test-cast.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { fixedClock } from '../core/clock.ts'
import { raiseConcerns } from './raise-concerns.ts'
import { newReference } from './reference.ts'
import { standingOf } from './test-standing.ts'

const at = new Date('2026-05-20T09:00:00Z')

/**
 * Two concerns with a row of every kind about each: one about the cast's subject, and one about somebody whom nobody in the cast knows.
 * Tests only.
 * @returns their references
 */
export const addCaseFiles = async (
  store: Pick<CaseworkStore, 'db'>,
  cast: Cast,
): Promise<{ readonly theirs: string; readonly other: string }> => {
  const standings = [
    standingOf({ staffId: 'SUBJECT', personId: 'SURVIVOR', band: 'review', evidence: ['billing:1'] }),
    standingOf({ staffId: 'NOBODY-S', personId: 'NOBODY-P', band: 'review', evidence: ['billing:2'] }),
  ]
  const run = { staffCount: 1_000, lastDay: '2026-05-20' }
  await raiseConcerns({ store, clock: fixedClock(at.toISOString()) }, standings, run)
  const rows = await store.db.selectFrom('concerns').select(['ref', 'staff_id', 'person_id']).execute()
  for (const row of rows) await addRows(store, cast, row)
  const refOf = (staff: string): string => rows.find(row => row.staff_id === staff)?.ref ?? ''
  return { theirs: refOf('SUBJECT'), other: refOf('NOBODY-S') }
}

type Row = { readonly ref: string; readonly staff_id: string; readonly person_id: string }

const addRows = async ({ db }: Pick<CaseworkStore, 'db'>, cast: Cast, row: Row): Promise<void> => {
  const { ref, staff_id, person_id } = row
  const by_user = cast.investigator.id
  const disposition = await db
    .insertInto('dispositions')
    .values({ ref, kind: 'develop', reason: 'x', by_user, at, band: 'review', points: 18, before: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('disposition_indicators')
    .values({
      disposition: disposition.id,
      indicator: 'unexplained-look-up',
      version: 1,
      edition: 0,
      points: 18,
    })
    .execute()
  await db
    .insertInto('unmasks')
    .values({
      id: randomUUID(),
      ref,
      asked_by: cast.investigator.id,
      asked_at: at,
      reason: 'x',
      granted_by: null,
    })
    .execute()
  const footing = { authorisation: 'x', basis: 'x', necessity: 'x', proportionality: 'x' }
  await db
    .insertInto('sweeps')
    .values({ id: randomUUID(), ref, by_user, at, ...footing, result: '{}' })
    .execute()
  const notice = randomUUID()
  const nobody = { people: '[]', colleagues: '[]', authorisation: '' }
  await db
    .insertInto('notices')
    .values({ id: notice, ref, kind: 'x', since: at, ...nobody, reason: 'x', by_user, at })
    .execute()
  const seen = { record_id: 'billing:9', kind: 'contact', at, says: 'x', explained: false, first_seen_at: at }
  await db
    .insertInto('tip_offs')
    .values({ notice_id: notice, staff_id, person_id, ...seen })
    .execute()
  const authorisation = newReference()
  const days = { from_on: '2026-01-01', to_on: '2026-05-01', days: 28 }
  const why = { basis: 'x', necessity: 'x', proportionality: 'x' }
  await db
    .insertInto('authorisations')
    .values({
      ref: authorisation,
      kind: 'x',
      concern_ref: ref,
      colleagues: '[]',
      ...days,
      ...why,
      asked_by: by_user,
      asked_at: at,
    })
    .execute()
  await db
    .insertInto('authorisation_reviews')
    .values({ authorisation, by_user, at, reason: 'x', next_by: '2026-06-01' })
    .execute()
  await db
    .insertInto('exceptions')
    .values({
      id: newReference(),
      kind: 'pair',
      staff_id,
      person_id,
      reason: 'x',
      owner: by_user,
      from_on: '2026-05-01',
      until_on: '2026-06-01',
      made_by: by_user,
      made_at: at,
    })
    .execute()
}
