import { readFeeds, type Feed } from '../../../intake/feeds.ts'
import type { FeedBasis } from '../../../tuning/feed-basis-store.ts'
import { readStaffNotices, type FeedFaults } from '../../../tuning/read-feed-form.ts'
import { feedStates, mayBeRead, provisionalDays, type FeedState } from '../../../tuning/unread-feeds.ts'
import { countWords, dayWords, feedWords, spanWords } from '../../../ui/words.ts'
import { feedFormView, feedProblems, type TypedFeedForm } from './feed-form.ts'

type Shown = {
  readonly feeds: readonly {
    readonly feed: Feed
    readonly basis: (FeedBasis & { readonly madeByName: string }) | undefined
    readonly state: FeedState
  }[]
  /** Titles of the indicators that name each feed, by the feed. */
  readonly readBy: ReadonlyMap<string, number>
  /** The form, for whoever may confirm. */
  readonly form: { readonly typed: TypedFeedForm; readonly faults: FeedFaults } | undefined
}

/** Every feed with its basis, how staff were told, how long it is kept and who answers for it. */
export const feedsView = ({ feeds, readBy, form }: Shown) => {
  const unread = feeds.filter(each => !mayBeRead(each.state)).length
  const lapsing = feeds.filter(each => each.state === 'lapsing').length
  const provisional = feeds.filter(each => each.state === 'provisional').length
  const notices = readStaffNotices()
  const { bases } = readFeeds()
  return {
    title: 'Feeds',
    warnings: [
      ...(unread > 0
        ? [
            `${countWords(unread, 'feed')} of ${feeds.length} ${unread === 1 ? 'is' : 'are'} not read by any indicator, for lack of a current basis.`,
          ]
        : []),
      ...(provisional > 0
        ? [
            `${countWords(provisional, 'feed')} ${provisional === 1 ? 'is' : 'are'} read for now on the basis proposed, until ${provisionalDays} days after the first records came in. Confirm a basis for each before then.`,
          ]
        : []),
      ...(lapsing > 0
        ? [
            `The basis of ${countWords(lapsing, 'feed')} lapses within 30 days. Without a feed that explains contact, more is raised.`,
          ]
        : []),
    ],
    form: form === undefined ? undefined : feedFormView(form.typed, form.faults),
    problems: feedProblems(form?.faults ?? {}),
    rows: feeds.map(({ feed, basis, state }) => ({
      name: feed.name,
      label: feedWords(feed.name),
      description: feed.description,
      ticked: form?.typed.feeds.includes(feed.name) ?? false,
      state: feedStates[state],
      read: mayBeRead(state),
      basis: `${basis === undefined ? 'Proposed: ' : ''}${shortened(bases[basis?.basis ?? feed.basis] ?? '')}`,
      notice:
        basis === undefined
          ? `Calls for: ${notices[feed.notice]?.label.toLowerCase() ?? feed.notice}`
          : `${notices[basis.notice]?.label ?? basis.notice}${basis.noticeOn === null ? '' : `, ${dayWords(basis.noticeOn)}`}`,
      owner: basis?.owner ?? feed.owner,
      kept: `${spanWords(basis?.retentionDays ?? feed.retentionDays)}${basis === undefined ? ', proposed' : ''}`,
      until: basis === undefined ? '' : dayWords(basis.untilOn),
      said:
        basis === undefined
          ? ''
          : `${basis.withdrawn ? 'Withdrawn' : 'Confirmed'} by ${basis.madeByName}, ${dayWords(basis.madeAt)}: ${basis.reason}`,
      readBy: readByWords(readBy.get(feed.name) ?? 0),
    })),
  }
}

const readByWords = (indicators: number): string =>
  indicators === 0 ? 'No indicator names it' : `Named by ${countWords(indicators, 'indicator')}`

/** A basis up to what it is for: the form has the whole of it. */
const shortened = (basis: string): string => basis.split(':')[0] ?? basis
