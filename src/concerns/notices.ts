import { randomUUID } from 'node:crypto'
import type { User } from '../access/user.ts'
import { deriveExclusions, insertStaffLinks } from '../access/staff-link-store.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import {
  checkNotice,
  readNoticeKinds,
  type NoticeFaults,
  type NoticeInput,
  type UnknownIds,
} from './notice-form.ts'
import { insertNotice, markEnded, selectNotices, selectTipOffs } from './notice-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'
import { useAuthorisation } from './use-authorisation.ts'

/** From when on somebody knows, and whom that has watched about whom. Ids as the records have them: mask before showing. */
export type Notice = {
  readonly id: string
  readonly kind: string
  readonly since: Date
  readonly people: readonly string[]
  readonly colleagues: readonly string[]
  readonly authorisation: string
  readonly reason: string
  readonly by: string
  readonly at: Date
  readonly checkedAt: Date | undefined
  readonly ended: { readonly at: Date; readonly reason: string } | undefined
}

/** A contact, look-up or stop that was seen after a notice. */
export type TipOff = {
  readonly noticeId: string
  readonly kind: 'contact' | 'look_up' | 'stay'
  readonly staffId: string
  readonly personId: string
  readonly recordId: string
  readonly at: Date
  readonly says: string
  readonly explained: boolean
}

export type NoticeOutcome =
  | { readonly outcome: 'entered'; readonly ref: string }
  | { readonly outcome: 'invalid'; readonly faults: NoticeFaults }
  | { readonly outcome: 'missing' }

/** Enters a notice on a concern: from then on its people are watched for, every night and when asked. */
export const enterNotice = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: NoticeInput & { readonly from: string },
  unknown: UnknownIds,
): Promise<NoticeOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const stored = await findConcernFor(trx, user, 'watch-tip-off', ref)
    if (stored === undefined) return { outcome: 'missing' }
    const at = clock.now()
    const about = { staffId: stored.staff_id, personId: stored.person_id }
    const authorised = await watchAuthorised({ store: { db: trx }, clock }, user, ref, input)
    const checked = checkNotice(input, about, unknown, at, authorised.why)
    if ('faults' in checked) return { outcome: 'invalid', faults: checked.faults }
    const { kind, people, colleagues, reason } = input
    const authorisation = authorised.reference
    const id = randomUUID()
    await insertNotice(trx, {
      id,
      ref,
      kind,
      since: checked.since,
      people: [...new Set(people.filter(each => each !== about.personId))],
      colleagues: [...new Set(colleagues)],
      authorisation,
      reason: reason.trim(),
      byUser: user.id,
      at,
    })
    // Whoever is watched with them is to learn of it no more than they are, nor are those who come to the unit later.
    const links = colleagues.map(each => ({ staffId: about.staffId, otherStaffId: each, personId: '' }))
    const from = { kind: 'associate', source: `notices:${id}` } as const
    await insertStaffLinks(
      trx,
      links.map(link => ({ ...link, ...from })),
      at,
    )
    await deriveExclusions(trx, at)
    const whom = colleagues.length === 0 ? '' : ` ${colleagues.length} named as colleagues are watched too.`
    const says = `${readNoticeKinds()[kind]?.label ?? kind}: ${reason.trim()}${whom}`
    await insertHistory(trx, { ref, at, kind: 'noticed', byUser: user.id, detail: { says } })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'notice-entered',
        subject: ref,
        why: `${authorisation} ${reason.trim()}`.trim(),
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'entered', ref }
  })
}

/** The authorisation under which colleagues are watched, or why none covers them; nothing where no colleague is named. */
const watchAuthorised = async (
  deps: ConcernDeps,
  user: User,
  concernRef: string,
  { authorisation, colleagues, from }: NoticeInput & { readonly from: string },
): Promise<{ readonly reference: string; readonly why?: string }> => {
  if (colleagues.length === 0) return { reference: '' }
  const ref = readReference(authorisation)
  if (ref === undefined)
    return { reference: '', why: 'Enter the reference of the authorisation to watch colleagues' }
  const used = await useAuthorisation(
    deps,
    user,
    { kind: 'colleague_watch', concernRef, ref, colleagues },
    from,
  )
  return used.outcome === 'covered' ? { reference: ref } : { reference: '', why: used.why }
}

/** The reference of a concern whose notices a person may have checked now; undefined where they may not, or it is not there. */
export const mayCheckNow = async (
  { store }: Pick<ConcernDeps, 'store'>,
  user: User,
  typed: string,
): Promise<string | undefined> => {
  const ref = readReference(typed)
  if (ref === undefined) return undefined
  return (await findConcernFor(store.db, user, 'watch-tip-off', ref))?.ref
}

/** Ends a watch, with the reason; what was seen stays. */
export const endNotice = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: { readonly notice: string; readonly reason: string; readonly from: string },
): Promise<
  { readonly outcome: 'ended' | 'missing' } | { readonly outcome: 'invalid'; readonly fault: string }
> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  const reason = input.reason.trim()
  return await store.db.transaction().execute(async trx => {
    if ((await findConcernFor(trx, user, 'watch-tip-off', ref)) === undefined) return { outcome: 'missing' }
    if (reason === '') return { outcome: 'invalid', fault: 'Enter why the watch ends' }
    if (reason.length > 4_000)
      return { outcome: 'invalid', fault: 'Your reason must be 4,000 characters or fewer' }
    const at = clock.now()
    if (!(await markEnded(trx, { id: input.notice, ref, by: user.id, at, reason })))
      return { outcome: 'missing' }
    await insertHistory(trx, { ref, at, kind: 'notice_ended', byUser: user.id, detail: { says: reason } })
    await appendEvent(
      { store: { db: trx }, clock },
      { who: user.id, what: 'notice-ended', subject: ref, why: reason, from: input.from, outcome: 'done' },
    )
    return { outcome: 'ended' }
  })
}

/** The notices of a concern and what was seen after them, newest first. The caller has checked who may read the concern. */
export const readNotices = async (
  { store }: Pick<ConcernDeps, 'store'>,
  ref: string,
): Promise<{ readonly notices: readonly Notice[]; readonly seen: readonly TipOff[] }> => ({
  notices: (await selectNotices(store.db, ref)).map(row => ({
    id: row.id,
    kind: readNoticeKinds()[row.kind]?.label ?? row.kind,
    since: row.since,
    people: row.people as string[],
    colleagues: row.colleagues as string[],
    authorisation: row.authorisation,
    reason: row.reason,
    by: row.by_name,
    at: row.at,
    checkedAt: row.checked_at ?? undefined,
    ended: row.ended_at === null ? undefined : { at: row.ended_at, reason: row.end_reason ?? '' },
  })),
  seen: (await selectTipOffs(store.db, ref)).map(row => ({
    noticeId: row.notice_id,
    kind: row.kind as TipOff['kind'],
    staffId: row.staff_id,
    personId: row.person_id,
    recordId: row.record_id,
    at: row.at,
    says: row.says,
    explained: row.explained,
  })),
})
