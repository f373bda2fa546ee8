import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** An entry of the log that was drawn, and what was made of it. */
export type Sampled = {
  readonly seq: number
  readonly at: Date
  readonly who: string
  readonly what: string
  readonly subject: string
  readonly why: string
  readonly cameFrom: string
  readonly outcome: string
  /** The last judgement on it. */
  readonly judged:
    { readonly outcome: string; readonly note: string; readonly by: string; readonly at: Date } | undefined
}

/** A month whose entries were drawn from. */
export type SampledMonth = {
  /** `YYYY-MM`. */
  readonly month: string
  /** What the draw was made with: whoever has it can draw again and must come to the same entries. */
  readonly seed: string
  /** How many entries were drawn from. */
  readonly population: number
  readonly drawnAt: Date
}

/**
 * Draws entries of a month at random: those whose hash with the seed is smallest. Of two draws at once only one counts, and none is
 * ever repeated.
 */
export const drawSample = async (
  db: CaseworkDb,
  draw: {
    readonly month: string
    readonly seed: string
    readonly from: Date
    readonly to: Date
    readonly what: readonly string[]
    readonly entries: number
    readonly at: Date
  },
): Promise<boolean> => {
  const { month, seed, at } = draw
  const within = sql`what = any(${[...draw.what]}::text[]) and outcome in ('allowed', 'done') and who <> ''
    and at >= ${draw.from} and at < ${draw.to}`
  const { rows } = await sql<{ month: string }>`
    insert into dip_samples (month, seed, population, drawn_at)
    select ${month}, ${seed}, count(*), ${at} from audit_entries where ${within}
    on conflict do nothing returning month`.execute(db)
  if (rows.length === 0) return false
  await sql`
    insert into dip_sample_entries (month, seq)
    select ${month}, seq from audit_entries where ${within}
    order by sha256(convert_to(${seed} || ':' || seq, 'UTF8')) limit ${draw.entries}`.execute(db)
  return true
}

/** Months that were drawn from, newest first. */
export const selectMonths = async (db: CaseworkDb, limit: number): Promise<SampledMonth[]> => {
  const rows = await db.selectFrom('dip_samples').selectAll().orderBy('month', 'desc').limit(limit).execute()
  return rows.map(({ drawn_at, ...row }) => ({ ...row, drawnAt: drawn_at }))
}

/** The entries that were drawn of a month, in the order in which they happened. */
export const selectSampled = async (db: CaseworkDb, month: string): Promise<Sampled[]> => {
  const rows = await db
    .selectFrom('dip_sample_entries as s')
    .innerJoin('audit_entries as e', 'e.seq', 's.seq')
    .leftJoin('dip_outcomes as o', join =>
      join
        .onRef('o.seq', '=', 's.seq')
        .on(sql<boolean>`o.id = (select max(l.id) from dip_outcomes l where l.seq = s.seq)`),
    )
    .leftJoin('users as u', 'u.id', 'o.by_user')
    .select(['e.seq', 'e.at', 'e.who', 'e.what', 'e.subject', 'e.why', 'e.came_from', 'e.outcome'])
    .select(['o.outcome as judged', 'o.note', 'o.at as judged_at', 'u.name as judged_by'])
    .where('s.month', '=', month)
    .orderBy('e.seq')
    .execute()
  return rows.map(row => ({
    seq: row.seq,
    at: row.at,
    who: row.who,
    what: row.what,
    subject: row.subject,
    why: row.why,
    cameFrom: row.came_from,
    outcome: row.outcome,
    judged:
      row.judged === null || row.judged_at === null
        ? undefined
        : { outcome: row.judged, note: row.note ?? '', by: row.judged_by ?? '', at: row.judged_at },
  }))
}

/** Who is behind an entry that was drawn; undefined where it was not drawn. */
export const findSampled = async (db: CaseworkDb, seq: number): Promise<string | undefined> => {
  const row = await db
    .selectFrom('dip_sample_entries as s')
    .innerJoin('audit_entries as e', 'e.seq', 's.seq')
    .select('e.who')
    .where('s.seq', '=', seq)
    .executeTakeFirst()
  return row?.who
}

/** Writes a judgement down; those before it stay. */
export const insertOutcome = async (
  db: CaseworkDb,
  row: {
    readonly seq: number
    readonly outcome: string
    readonly note: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> => {
  const { seq, outcome, note, by, at } = row
  await db.insertInto('dip_outcomes').values({ seq, outcome, note, by_user: by, at }).execute()
}
