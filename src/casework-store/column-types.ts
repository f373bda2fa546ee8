import type { ColumnType } from 'kysely'

/** A moment: `timestamptz` in the store, `Date` here. */
export type Moment = ColumnType<Date, Date, Date>
export type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
export type MaybeText = ColumnType<string | null, string | null | undefined, string | null>
/** JSON: read parsed, written as text. */
export type Json = ColumnType<unknown, string, string>
export type MaybeJson = ColumnType<unknown, string | null, string | null>
