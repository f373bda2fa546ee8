import { addDays } from '../core/clock.ts'
import { readVocabulary, type Vocabulary } from '../core/read-vocabulary.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { FeedBasis } from './feed-basis-store.ts'

/** What somebody typed about feeds. An empty field takes for each feed what the record contract proposes. */
export type TypedFeeds = {
  readonly feeds: readonly string[]
  readonly basis: string
  readonly notice: string
  /** `YYYY-MM-DD`. */
  readonly noticeOn: string
  readonly owner: string
  readonly retentionDays: string
  /** `YYYY-MM-DD`. */
  readonly untilOn: string
  readonly reason: string
}

export type FeedFaults = Partial<Record<keyof TypedFeeds, string>>

/** Most days for which a basis is confirmed before somebody looks at it again. Judgement: a year, as a DPIA is reviewed yearly. */
export const longestBasisDays = 366

type Checked = Omit<FeedBasis, 'throughBatch' | 'withdrawn' | 'madeBy' | 'madeAt'>

/** What is to be written of each feed, or a sentence for every field that must be mended. */
export const readFeedForm = (
  typed: TypedFeeds,
  today: string,
): { readonly checked: readonly Checked[] } | { readonly faults: FeedFaults } => {
  const book = readFeeds()
  const chosen = book.feeds.filter(feed => typed.feeds.includes(feed.name))
  const faults: { -readonly [Field in keyof FeedFaults]: FeedFaults[Field] } = {}
  if (chosen.length === 0) faults.feeds = 'Select at least one feed'
  if (typed.basis !== '' && !Object.hasOwn(book.bases, typed.basis)) faults.basis = 'Select the lawful basis'
  if (typed.notice !== '' && !Object.hasOwn(readStaffNotices(), typed.notice))
    faults.notice = 'Select how staff were told'
  const days = typed.retentionDays.trim()
  if (days !== '' && !(/^\d{1,5}$/.test(days) && Number(days) > 0))
    faults.retentionDays = 'Enter how many days records are kept, such as 365'
  if (!isDay(typed.untilOn)) faults.untilOn = 'Enter a real day until which it holds, such as 27 3 2027'
  else if (typed.untilOn < today || typed.untilOn > addDays(today, longestBasisDays))
    faults.untilOn = `The last day must be from today to ${longestBasisDays} days ahead`
  if (typed.reason.trim() === '') faults.reason = 'Enter where the assessment is kept, and what you checked'
  else if (typed.reason.length > 4_000) faults.reason = 'Your reason must be 4,000 characters or fewer'
  const checked = chosen.map(feed => {
    const basis = typed.basis === '' ? feed.basis : typed.basis
    return {
      feed: feed.name,
      basis,
      notice: typed.notice === '' ? (book.notices[basis] ?? feed.notice) : typed.notice,
      noticeOn: typed.notice === 'restricted' ? null : typed.noticeOn,
      owner: typed.owner.trim() === '' ? feed.owner : typed.owner.trim().slice(0, 200),
      retentionDays: days === '' ? feed.retentionDays : Number(days),
      untilOn: typed.untilOn,
      reason: typed.reason.trim(),
    }
  })
  const notice = checked.map(each => noticeFault(each, today)).find(fault => fault !== undefined)
  if (notice !== undefined && faults[notice.field] === undefined) faults[notice.field] = notice.says
  return Object.keys(faults).length > 0 ? { faults } : { checked }
}

/** Monitoring on systems of the force is lawful only where every user was told; only a crime excuses telling nobody. */
const noticeFault = (
  { basis, notice, noticeOn }: Checked,
  today: string,
): { readonly field: 'notice' | 'noticeOn'; readonly says: string } | undefined => {
  if (basis === 'monitoring' && notice !== 'monitoring_notice')
    return { field: 'notice', says: 'Monitoring needs a notice that every user of the system was given' }
  if (notice === 'restricted')
    return basis === 'law_enforcement'
      ? undefined
      : { field: 'notice', says: 'Only law enforcement excuses telling nobody' }
  if (noticeOn === null || !isDay(noticeOn))
    return { field: 'noticeOn', says: 'Enter the day on which staff were told, such as 27 3 2025' }
  return noticeOn > today ? { field: 'noticeOn', says: 'Staff must have been told already' } : undefined
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text

/**
 * How staff can know that a feed is read, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readStaffNotices = (): Vocabulary => readVocabulary('staff-notices')
