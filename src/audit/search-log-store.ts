import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { storeOf } from '../casework-store/store-of.ts'
import { notKeptFrom } from '../access/exclusion-store.ts'

/** What is looked for in the log; empty fields look for anything. */
export type LogFilter = {
  readonly what: string
  /** Part of a person's name, or their whole id. */
  readonly who: string
  /** Part of what an entry is about, such as a concern's reference. */
  readonly about: string
  readonly outcome: string
  readonly since: Date | undefined
  /** Up to and without this moment. */
  readonly before: Date | undefined
}

/** An entry as a reader of the log sees it. */
export type FoundEntry = {
  readonly at: Date
  readonly what: string
  readonly outcome: string
  readonly who: string
  /** Empty where it was nobody with an account. */
  readonly name: string
  readonly subject: string
  readonly why: string
  readonly from: string
  readonly anonymous: boolean
  /** First twelve hex digits of its hash in the tree: says nothing of its place, so that no gap shows in a list of them. */
  readonly reference: string
}

/**
 * Entries that match, newest first, and how many there are. Entries about concerns that the reader is kept from are not among
 * them: from those nobody learns that they exist.
 */
export const searchLog = async (
  db: CaseworkDb,
  readerId: string,
  filter: LogFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly entries: readonly FoundEntry[] }> => {
  // With the store's own eyes: to the reader these concerns do not exist.
  const kept = await storeOf(db)
    .db.selectFrom('concerns')
    .select('ref')
    .where(eb => eb.not(notKeptFrom(readerId, 'concerns')))
    .execute()
  let found = db.selectFrom('audit_entries').leftJoin('users', 'users.id', 'audit_entries.who')
  for (const { ref } of kept)
    found = found.where(
      sql<boolean>`strpos(upper(audit_entries.subject || ' ' || audit_entries.why), ${ref}) = 0`,
    )
  if (filter.what !== '') found = found.where('what', '=', filter.what)
  if (filter.outcome !== '') found = found.where('outcome', '=', filter.outcome)
  if (filter.since !== undefined) found = found.where('at', '>=', filter.since)
  if (filter.before !== undefined) found = found.where('at', '<', filter.before)
  if (filter.about !== '')
    found = found.where(sql<boolean>`strpos(lower(subject), lower(${filter.about})) > 0`)
  if (filter.who !== '')
    found = found.where(
      sql<boolean>`(who = ${filter.who} or strpos(lower(coalesce(users.name, who)), lower(${filter.who})) > 0)`,
    )
  const { total } = await found
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await found
    .select(['at', 'what', 'outcome', 'who', 'users.name', 'subject', 'why', 'came_from', 'salt'])
    .select(
      sql<string>`left(encode(sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')), 'hex'), 12)`.as(
        'reference',
      ),
    )
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return {
    total,
    entries: rows.map(({ came_from, name, salt, ...rest }) => ({
      ...rest,
      name: name ?? '',
      from: came_from,
      anonymous: salt === '',
    })),
  }
}

/** The number of the entry with a reference; undefined for none, or for more than one. */
export const findEntryByReference = async (
  db: CaseworkDb,
  reference: string,
): Promise<number | undefined> => {
  const rows = await db
    .selectFrom('audit_entries')
    .select('seq')
    .where(
      sql<boolean>`left(encode(sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')), 'hex'), 12) = ${reference}`,
    )
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0]?.seq : undefined
}
