import { appendEvent } from '../audit/audit-log.ts'
import { dayOf } from '../core/clock.ts'
import { stateOf } from './authorisation.ts'
import { selectAuthorisations } from './authorisation-store.ts'
import { insertHistory } from './concern-store.ts'
import { insertTipOff, markChecked, selectWatched } from './notice-store.ts'
import type { TipOff } from './notices.ts'
import type { ConcernDeps } from './raise-concerns.ts'

/** A notice that is watched still: whom, about whom, since when. */
export type OpenWatch = {
  readonly notice: string
  readonly ref: string
  readonly since: Date
  readonly staff: readonly string[]
  readonly people: readonly string[]
}

/** Every watch that has not ended, or those of one concern. Colleagues are in it only while an authorisation covers them. */
export const openWatches = async ({ store, clock }: ConcernDeps, ref?: string): Promise<OpenWatch[]> => {
  const rows = await selectWatched(store.db, ref)
  const now = clock.now()
  const held = rows.some(row => row.authorisation !== '')
    ? (await selectAuthorisations(store.db, '', {})).filter(
        each =>
          each.kind === 'colleague_watch' && stateOf(each, now) === 'in_force' && dayOf(now) <= each.toOn,
      )
    : []
  return rows.map(row => {
    const covered = held.find(each => each.ref === row.authorisation && each.concernRef === row.ref)
    return {
      notice: row.id,
      ref: row.ref,
      since: row.since,
      staff: [
        row.staff_id,
        ...(row.colleagues as string[]).filter(each => covered?.colleagues.includes(each) === true),
      ],
      people: [...(row.person_id === '' ? [] : [row.person_id]), ...(row.people as string[])],
    }
  })
}

/**
 * Keeps what was seen after notices. What is new goes into the concern's history; the log says that it was checked, by whom.
 * @returns how much was new
 */
export const keepTipOffs = async (
  { store, clock }: ConcernDeps,
  watches: readonly OpenWatch[],
  seen: readonly TipOff[],
  /** User id, or `detection` for the nightly job. */
  by: { readonly who: string; readonly from: string },
): Promise<number> =>
  store.db.transaction().execute(async trx => {
    const at = clock.now()
    const fresh: TipOff[] = []
    for (const each of seen) if (await insertTipOff(trx, { ...each, firstSeenAt: at })) fresh.push(each)
    await markChecked(
      trx,
      watches.map(each => each.notice),
      at,
    )
    const refOf = new Map(watches.map(each => [each.notice, each.ref]))
    for (const [ref, own] of Map.groupBy(fresh, each => refOf.get(each.noticeId) ?? '')) {
      const byUser = by.who === 'detection' ? null : by.who
      await insertHistory(trx, { ref, at, kind: 'tip_off', byUser, detail: { says: saysOf(own) } })
    }
    for (const ref of new Set(watches.map(each => each.ref)))
      await appendEvent(
        { store: { db: trx }, clock },
        {
          who: by.who,
          what: 'tip-off-checked',
          subject: ref,
          why: `${fresh.filter(each => refOf.get(each.noticeId) === ref).length} new`,
          from: by.from,
          outcome: 'done',
        },
      )
    return fresh.length
  })

const names = {
  contact: ['contact', 'contacts'],
  look_up: ['look-up', 'look-ups'],
  stay: ['stop near an address', 'stops near an address'],
} as const satisfies Record<TipOff['kind'], readonly [string, string]>

/** "2 contacts and 1 look-up after the notice, 2 with no recorded reason." */
const saysOf = (fresh: readonly TipOff[]): string => {
  const counted = (Object.keys(names) as TipOff['kind'][]).flatMap(kind => {
    const count = fresh.filter(each => each.kind === kind).length
    return count === 0 ? [] : [`${count} ${names[kind][count === 1 ? 0 : 1]}`]
  })
  const loose = fresh.filter(each => !each.explained).length
  return `${new Intl.ListFormat('en-GB').format(counted)} after the notice, ${loose} with no recorded reason.`
}
