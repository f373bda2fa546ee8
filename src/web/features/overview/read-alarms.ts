import { can, type User } from '../../../access/user.ts'
import { mayAct } from '../../../concerns/answer-authorisation.ts'
import { lapseWarning } from '../../../concerns/authorisation.ts'
import { listGlass } from '../../../concerns/break-glass.ts'
import type { StoredGlass } from '../../../concerns/break-glass-store.ts'
import { listToPassOn } from '../../../concerns/outside-route.ts'
import { selectAuthorisations } from '../../../concerns/authorisation-store.ts'
import { refsAskedByOthers } from '../../../concerns/unmask-store.ts'
import { readExcepted } from '../../../detection/unexcepted.ts'
import { isBrokenFor, readTrackRecords } from '../../../tuning/track-record.ts'
import { listDrafts } from '../../../tuning/tuning-store.ts'
import { mayBeRead, readFeedBases } from '../../../tuning/unread-feeds.ts'
import type { WebDeps } from '../../web-deps.ts'

/** What about detection itself needs somebody to look at it. */
export type Alarms = {
  /** Indicators with more false alerts than was promised of them. */
  readonly brokenPromises: readonly { readonly id: string; readonly title: string }[]
  /** Drafts of others that wait for this person to agree. */
  readonly waitingDrafts: readonly { readonly id: string; readonly title: string }[]
  /** Exceptions that hide a rising pattern; none for a person who may not manage them. */
  readonly rising: number
  /** Authorisations that wait for this person's answer, and those that soon lapse or are to be reviewed. */
  readonly toAnswer: number
  readonly lapsing: number
  /** References of concerns of which another asked to know whom they are about, which this person may let them. */
  readonly toUnmask: readonly string[]
  /** Openings in an emergency that this person is told of: those to review, those to answer, and those overdue. */
  readonly glass: { readonly toAnswer: number; readonly toReview: number; readonly open: readonly string[] }
  /** References of concerns that nobody of the unit may read. */
  readonly toPassOn: readonly string[]
  /** Feeds that nothing reads for lack of a basis, and those whose basis soon lapses; none for a person who may not see them. */
  readonly unreadFeeds: number
  /** Feeds read on the basis proposed, which nobody has confirmed. */
  readonly provisionalFeeds: number
  readonly lapsingFeeds: number
  /** What was destroyed is written down in the data folder alone, for those who have records destroyed; not said of invented records. */
  readonly registerAlone: boolean
}

/**
 * Reads what needs somebody to look at detection itself.
 * @param lastDay last day of the records that detection ran on, empty when it has not run
 */
export const readAlarms = async (deps: WebDeps, user: User, lastDay: string): Promise<Alarms> => {
  const { indicators, matrix } = deps.content
  const records = await readTrackRecords(deps.store.db, indicators, matrix)
  const drafts = can(user, 'agree-tuning') ? await listDrafts(deps.store.db) : []
  const excepted = can(user, 'manage-exceptions') ? await readExcepted(deps.lake, lastDay) : []
  const authorisations = can(user, 'read-authorisations')
    ? await selectAuthorisations(deps.store.db, user.id, {})
    : []
  const bases = can(user, 'read-feeds') ? await readFeedBases(deps) : []
  const feeds = bases.map(each => each.state)
  const invented = bases.every(({ basis }) => typeof basis?.throughBatch === 'number')
  const now = deps.clock.now()
  const glasses = can(user, 'read-break-glass') ? await listGlass(deps, user) : []
  const named = (ids: readonly string[]) =>
    indicators.filter(each => ids.includes(each.id)).map(({ id, title }) => ({ id, title }))
  return {
    brokenPromises: named(
      [...records.values()]
        .filter(each => isBrokenFor(each, can(user, 'read-queue')))
        .map(each => each.indicator),
    ),
    waitingDrafts: named(
      drafts
        .filter(each => each.askedAt !== undefined && each.madeBy !== user.id)
        .map(each => each.indicator),
    ),
    rising: new Set(excepted.filter(each => each.rising).map(each => each.exception)).size,
    toAnswer: authorisations.filter(each => mayAct(user, each, 'grant', now)).length,
    lapsing: authorisations.filter(each => lapseWarning(each, now) !== undefined).length,
    toUnmask: can(user, 'grant-unmask') ? await refsAskedByOthers(deps.store.db, user.id) : [],
    toPassOn: await listToPassOn(deps, user),
    glass: glassAlarms(glasses, user, now),
    unreadFeeds: feeds.filter(state => !mayBeRead(state)).length,
    provisionalFeeds: feeds.filter(state => state === 'provisional').length,
    lapsingFeeds: feeds.filter(state => state === 'lapsing').length,
    registerAlone: can(user, 'manage-retention') && deps.settings.registerCopy === undefined && !invented,
  }
}

/** Minutes for which a request waits for its second approval. */
const answerMinutes = 60

const glassAlarms = (glasses: readonly StoredGlass[], user: User, now: Date): Alarms['glass'] => ({
  toAnswer: can(user, 'approve-break-glass')
    ? glasses.filter(
        each =>
          each.opened === undefined &&
          each.askedBy !== user.id &&
          now.getTime() - each.askedAt.getTime() <= answerMinutes * 60_000,
      ).length
    : 0,
  toReview: can(user, 'review-break-glass')
    ? glasses.filter(each => each.opened !== undefined && each.reviewed === undefined).length
    : 0,
  open: glasses
    .filter(each => each.opened !== undefined && each.reviewed === undefined)
    .map(each => each.concernRef),
})
