import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { addDays, dayOf, type Clock } from '../core/clock.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { selectFeedBases, type FeedBasis } from './feed-basis-store.ts'

/** Where the basis of a feed stands. */
export const feedStates = {
  current: 'Read',
  lapsing: 'Read, lapses soon',
  provisional: 'Read for now, on the basis proposed: nobody has confirmed it',
  missing: 'Not read: nobody has confirmed a basis',
  lapsed: 'Not read: its basis lapsed',
  withdrawn: 'Not read: its basis was withdrawn',
  invented: 'Not read: it was confirmed for the invented records of the demonstration only',
} as const satisfies Record<string, string>

export type FeedState = keyof typeof feedStates

/** Days before its last that everybody is warned: what explains contact must not fall away unnoticed. */
const warnDays = 30

/**
 * Days from the first records on for which the basis that the record contract proposes holds, so that a force sees what it would
 * be confirming. After that nothing unconfirmed is read.
 */
export const provisionalDays = 60

/** What was taken in: the newest batch, and the day of the first, empty where there is none. */
type TakenIn = { readonly newestBatch: number; readonly firstOn: string }

/** Where the basis of a feed stands on a day, given what was taken in. */
const feedStateOf = (
  basis: Pick<FeedBasis, 'withdrawn' | 'untilOn' | 'throughBatch'> | undefined,
  today: string,
  { newestBatch, firstOn }: TakenIn,
): FeedState => {
  if (basis === undefined)
    return firstOn === '' || addDays(firstOn, provisionalDays) >= today ? 'provisional' : 'missing'
  if (basis.withdrawn) return 'withdrawn'
  if (basis.untilOn < today) return 'lapsed'
  if (basis.throughBatch !== null && newestBatch > basis.throughBatch) return 'invented'
  return basis.untilOn <= addDays(today, warnDays) ? 'lapsing' : 'current'
}

/** Whether a feed in this state may be read. */
export const mayBeRead = (state: FeedState): boolean =>
  state === 'current' || state === 'lapsing' || state === 'provisional'

type BasisDeps = { readonly lake: Lake; readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

/** Every feed of the record contract with where its basis stands and what was last said of it. */
export const readFeedBases = async ({ lake, store, clock }: BasisDeps) => {
  const said = new Map((await selectFeedBases(store.db)).map(each => [each.feed, each]))
  const [row] = await lake.kept<TakenIn>(
    `select max(batch_id) as newestBatch, if(newestBatch = 0, '', toString(toDate(min(committed_at)))) as firstOn from upstander.batches`,
  )
  const today = dayOf(clock.now())
  return readFeeds().feeds.map(feed => {
    const basis = said.get(feed.name)
    return { feed, basis, state: feedStateOf(basis, today, row ?? { newestBatch: 0, firstOn: '' }) }
  })
}

/** Names of the feeds that nothing may read today, for lack of a current basis. */
export const readUnreadFeeds = async (deps: BasisDeps): Promise<string[]> =>
  (await readFeedBases(deps)).filter(each => !mayBeRead(each.state)).map(each => each.feed.name)
