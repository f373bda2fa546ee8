import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { dayOf, type Clock } from '../core/clock.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { readConfirmedDays } from './confirmed-days-store.ts'
import { listClosedBefore, listLivePairs } from './destroy-concerns-store.ts'
import type { DestructionPlan } from './destruction-store.ts'
import { heldParams, isHeld, type Held } from './held-rows.ts'
import { readHeld } from './hold-store.ts'
import { agingFeeds, firstKeptDay, readClassRules } from './rules.ts'

export type RetentionDeps = {
  readonly lake: Lake
  readonly store: Pick<CaseworkStore, 'db'>
  readonly clock: Clock
}

/** Whose records stay now: those of holds, and those of live concerns. */
export const readKept = async ({ store }: Pick<RetentionDeps, 'store'>): Promise<Held> => {
  const { staff } = await readHeld(store.db)
  const live = await listLivePairs(store.db)
  const distinct = (ids: readonly string[]) => [...new Set(ids)].filter(id => id !== '').sort()
  return {
    staff: distinct([...staff, ...live.map(each => each.staff_id)]),
    people: distinct(live.map(each => each.person_id)),
  }
}

/** What has grown old by the rules, without what a hold keeps. Feeds of which nothing did are left out. */
export const planDestruction = async (deps: RetentionDeps): Promise<DestructionPlan> => {
  const { lake, store, clock } = deps
  const today = dayOf(clock.now())
  const rules = readClassRules()
  const { staff } = await readHeld(store.db)
  const confirmed = await readConfirmedDays(store.db)
  const counts = agingFeeds().map(({ feed, agedOn }) => {
    // What the data protection officer confirmed is the rule; the record contract only proposes.
    const said = confirmed.get(feed.name)
    const before = firstKeptDay(today, said?.days ?? feed.retentionDays)
    return `select '${feed.name}' as feed, '${before}' as before, ${said?.days ?? feed.retentionDays} as days,
      ${String(said !== undefined)} as confirmed, count() as rows from ${lakeDatabase}.${feed.name}
      where ${agedOn} < toDate32('${before}') and not ${isHeld(feed)}`
  })
  const due = await lake.kept<DestructionPlan['feeds'][number]>(
    `select * from (${counts.join(' union all ')}) where rows > 0 order by feed`,
    heldParams({ staff, people: [] }),
  )
  const rejectsBefore = firstKeptDay(today, rules.rejected_records.days)
  const landed = `(select batch_id from ${lakeDatabase}.batches where toDate(committed_at) < toDate({day:String}))`
  const [rejects] = await lake.kept<{ n: number }>(
    `select (select count() from ${lakeDatabase}.rejects where batch_id in ${landed})
      + (select count() from ${lakeDatabase}.superseded where replaced_by in ${landed}) as n`,
    { day: rejectsBefore },
  )
  return {
    feeds: [...due],
    rejectsBefore,
    rejects: rejects?.n ?? 0,
    closedBefore: firstKeptDay(today, rules.closed_concerns.days),
  }
}

/** References of the concerns that a plan destroys now. As the service: whoever is signed in may not know of all. */
export const concernsOf = async (
  deps: Pick<RetentionDeps, 'store'>,
  { closedBefore }: DestructionPlan,
): Promise<string[]> =>
  await listClosedBefore(deps.store.db, new Date(`${closedBefore}T00:00:00Z`), await readKept(deps))
