import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Excepted, Exception } from '../detection/exceptions.ts'

/** An exception as the store holds it. */
export type StoredException = {
  /** Random, like `K7Q2-9MXD`. */
  readonly id: string
  readonly covers: Excepted
  /** The concern from which a pair was named; empty otherwise. */
  readonly concernRef: string
  readonly reason: string
  /** Who answers for it. */
  readonly ownerName: string
  /** First and last day, `YYYY-MM-DD`. */
  readonly fromOn: string
  readonly untilOn: string
  readonly madeByName: string
  readonly madeAt: Date
  readonly endedByName: string
  readonly endedAt: Date | undefined
  /** True when it should never have been made: what it set aside counts again. */
  readonly withdrawn: boolean
}

/** Every exception, the newest first. */
export const listExceptions = async (db: CaseworkDb): Promise<StoredException[]> => {
  const rows = await db
    .selectFrom('exceptions as x')
    .innerJoin('users as o', 'o.id', 'x.owner')
    .innerJoin('users as m', 'm.id', 'x.made_by')
    .leftJoin('users as e', 'e.id', 'x.ended_by')
    .selectAll('x')
    .select(['o.name as owner_name', 'm.name as made_by_name', 'e.name as ended_by_name'])
    .orderBy('x.made_at', 'desc')
    .orderBy('x.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    covers: coversOf(row),
    concernRef: row.concern_ref ?? '',
    reason: row.reason,
    ownerName: row.owner_name,
    fromOn: row.from_on,
    untilOn: row.until_on,
    madeByName: row.made_by_name,
    madeAt: row.made_at,
    endedByName: row.ended_by_name ?? '',
    endedAt: row.ended_at ?? undefined,
    withdrawn: row.withdrawn,
  }))
}

type Columns = {
  readonly kind: string
  readonly staff_id: string | null
  readonly person_id: string | null
  readonly assignment_id: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly number: string | null
}

const coversOf = (row: Columns): Excepted => {
  switch (row.kind) {
    case 'plan':
      return { kind: 'plan', assignmentId: row.assignment_id ?? '' }
    case 'address':
      return { kind: 'address', lat: row.lat ?? 0, lon: row.lon ?? 0 }
    case 'number':
      return { kind: 'number', number: row.number ?? '' }
    default:
      return { kind: 'pair', staffId: row.staff_id ?? '', personId: row.person_id ?? '' }
  }
}

const columnsOf = (covers: Excepted): Columns => ({
  kind: covers.kind,
  staff_id: covers.kind === 'pair' ? covers.staffId : null,
  person_id: covers.kind === 'pair' ? covers.personId : null,
  assignment_id: covers.kind === 'plan' ? covers.assignmentId : null,
  lat: covers.kind === 'address' ? covers.lat : null,
  lon: covers.kind === 'address' ? covers.lon : null,
  number: covers.kind === 'number' ? covers.number : null,
})

/** An exception as detection applies it. */
export const toDetection = ({ id, covers, fromOn, untilOn }: StoredException): Exception => ({
  id,
  covers,
  fromOn,
  untilOn,
})

/** Writes an exception down. */
export const insertException = async (
  db: CaseworkDb,
  row: Pick<StoredException, 'id' | 'covers' | 'concernRef' | 'reason' | 'fromOn' | 'untilOn' | 'madeAt'> & {
    readonly owner: string
    readonly madeBy: string
  },
): Promise<void> => {
  await db
    .insertInto('exceptions')
    .values({
      id: row.id,
      ...columnsOf(row.covers),
      concern_ref: row.concernRef === '' ? null : row.concernRef,
      reason: row.reason,
      owner: row.owner,
      from_on: row.fromOn,
      until_on: row.untilOn,
      made_by: row.madeBy,
      made_at: row.madeAt,
      ended_by: null,
      ended_at: null,
    })
    .execute()
}

/** Marks an exception as ended on a day, or as withdrawn altogether. */
export const markExceptionEnded = async (
  db: CaseworkDb,
  id: string,
  end: { readonly by: string; readonly at: Date; readonly untilOn: string; readonly withdrawn: boolean },
): Promise<void> => {
  await db
    .updateTable('exceptions')
    .set({ ended_by: end.by, ended_at: end.at, until_on: end.untilOn, withdrawn: end.withdrawn })
    .where('id', '=', id)
    .execute()
}
