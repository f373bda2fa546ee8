import { can } from '../../../access/user.ts'
import { dayOf } from '../../../core/clock.ts'
import { confirmFeeds, withdrawFeeds } from '../../../tuning/confirm-feeds.ts'
import type { FeedFaults } from '../../../tuning/read-feed-form.ts'
import { mayBeRead, readFeedBases } from '../../../tuning/unread-feeds.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { freshFeedForm, readFeedsForm, type TypedFeedForm } from './feed-form.ts'
import { feedsView } from './feeds-view.ts'

const show = async (
  deps: WebDeps,
  { user }: Visit,
  again?: { readonly typed: TypedFeedForm; readonly faults: FeedFaults },
): Promise<Answer> => {
  const feeds = await readFeedBases(deps)
  const toConfirm = feeds
    .filter(each => !mayBeRead(each.state) || each.state === 'provisional')
    .map(each => each.feed.name)
  const live = deps.content.indicators.filter(each => each.status !== 'retired')
  const named = Map.groupBy(
    live.flatMap(each => each.feeds),
    feed => feed,
  )
  const data = feedsView({
    feeds,
    readBy: new Map([...named].map(([feed, all]) => [feed, all.length])),
    form: can(user, 'confirm-feeds')
      ? (again ?? { typed: freshFeedForm(dayOf(deps.clock.now()), toConfirm), faults: {} })
      : undefined,
  })
  return { show: 'feeds/feeds.njk', data, status: again === undefined ? 200 : 400 }
}

/** Feeds: on what lawful basis each is read, and saying so. */
export const feedPages = definePages([
  {
    method: 'GET',
    path: paths.feeds,
    permission: 'read-feeds',
    audit: 'feeds-read',
    purpose: 'See on what lawful basis each feed is read',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.feeds,
    permission: 'confirm-feeds',
    audit: { byUseCase: 'feeds-confirmed' },
    purpose: 'Say on what lawful basis feeds are read',
    proof: 'fresh',
    handle: async (deps, visit) => {
      const { typed, input } = readFeedsForm(visit.form)
      const act = typed.act === 'withdraw' ? withdrawFeeds : confirmFeeds
      const result = await act(deps, visit.user, input, visit.from)
      if (result.outcome === 'missing') return 'missing'
      if (result.outcome === 'invalid') return await show(deps, visit, { typed, faults: result.faults })
      return { goTo: paths.feeds }
    },
  },
])
