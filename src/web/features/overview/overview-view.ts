import type { FeedCoverage } from '../../../intake/coverage.ts'
import { countWords, feedWords } from '../../../ui/words.ts'
import { paths } from '../../paths.ts'
import { durationWords, isOverBeyondChance, standingLineView, type Stands } from '../../standing-line.ts'
import { alarmSteps, type Step } from './alarm-steps.ts'
import type { Alarms } from './read-alarms.ts'
import type { Night } from '../../../jobs/night-store.ts'
import { nightRows } from './night-rows.ts'
import { runRows, type Runs } from './run-rows.ts'

type Overview = Stands &
  Runs & {
    readonly coverage: readonly FeedCoverage[]
    /** Of the concerns that wait, those that came with the last detection. */
    readonly fresh: number
    readonly rejected: number
    readonly refused: number
    readonly alarms: Alarms
    /** Newest first. */
    readonly nights: readonly Night[]
    /** `HH:MM`, UK time; undefined where nothing runs by itself. */
    readonly nightlyAt: string | undefined
    readonly may: {
      readonly queue: boolean
      readonly rejects: boolean
      /** Answers for the budget. */
      readonly tune: boolean
    }
  }

/** The overview: how things stand, what to do next, which feeds arrive, and the last runs. */
export const overviewView = (overview: Overview) => {
  const held = overview.coverage.filter(feed => feed.rows > 0)
  return {
    title: 'Overview',
    line: standingLineView(overview),
    next: nextSteps(overview),
    coverage: {
      summary: `${held.length} of ${countWords(overview.coverage.length, 'feed')} hold records.`,
      lacking: overview.coverage
        .filter(feed => !arrives(feed))
        .toSorted((a, b) => Number(b.silent) - Number(a.silent))
        .map(feedRow),
      arriving: overview.coverage.filter(arrives).map(feedRow),
    },
    runs: runRows(overview),
    nightly:
      overview.nightlyAt === undefined
        ? 'Detection runs when the system administrator runs it: no nightly schedule is set.'
        : `Detection runs every night at ${overview.nightlyAt}.`,
    missed: nightRows(overview.nights),
  }
}

const arrives = (feed: FeedCoverage): boolean => feed.rows > 0 && !feed.silent

const feedRow = (feed: FeedCoverage) => ({
  name: feedWords(feed.feed),
  rows: feed.rows.toLocaleString('en-GB'),
  first: feed.firstAt,
  last: feed.lastAt,
  ...(feed.rows === 0
    ? { state: 'Never supplied', tone: 'not_found', note: '' }
    : feed.silent
      ? { state: 'Silent', tone: 'cannot_tell', note: `nothing for ${durationWords(feed.silentForHours)}` }
      : { state: 'Held', tone: 'found', note: '' }),
})

const nextSteps = (overview: Overview): Step[] => {
  const { waiting, silent, lastRun, rejected, refused, may } = overview
  const none = overview.coverage.every(feed => feed.rows === 0)
  // One pair more than the budget in a small force is nothing to tune by: the figure above says so.
  const beyondChance = isOverBeyondChance(overview)
  const steps: (Step | false)[] = [
    waiting !== undefined &&
      waiting.all > 0 &&
      may.queue && {
        href: paths.queue,
        link: `Decide on ${countWords(waiting.all, 'concern')}`,
        rest: [
          ...(overview.fresh > 0 ? [`, ${overview.fresh} new since the last detection`] : []),
          ...(waiting.late > 0 ? [`, ${waiting.late} overdue`] : []),
        ].join(''),
      },
    silent.length > 0 && {
      href: '#coverage',
      link: `Ask why ${countWords(silent.length, 'feed')} fell silent`,
      rest: ': until they arrive again, what they would show cannot be seen',
    },
    beyondChance &&
      may.tune && {
        href: paths.indicators,
        link: 'Find the indicators that raise more than the budget allows',
        rest: ': each says how often it was right. Tune it, or run it in shadow',
      },
    beyondChance &&
      !may.tune && {
        rest: 'More new concerns than the budget allows: tell the head of unit, who owns the budget, before working further down the queue',
      },
    ...alarmSteps(overview.alarms),
    refused > 0 &&
      may.rejects && {
        href: `${paths.rejects}#refused`,
        link: `Have ${countWords(refused, 'refused file')} mended`,
        rest: refused === 1 ? ': nothing in it was taken in' : ': nothing in them was taken in',
      },
    rejected > 0 &&
      may.rejects && {
        href: paths.rejects,
        link: `Have ${countWords(rejected, 'rejected row')} mended`,
        rest: '',
      },
    none && { rest: 'Ask the system administrator to take records in with “upstander intake”' },
    !none && lastRun === undefined && { rest: 'Ask the system administrator to run “upstander detect”' },
  ]
  const due = steps.filter(step => step !== false)
  return due.length > 0 ? due : [{ rest: 'Nothing waits for you now' }]
}
