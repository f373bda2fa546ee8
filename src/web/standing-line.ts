import { dayOf } from '../core/clock.ts'
import type { Run } from '../detection/runs.ts'
import { coarse, coarseWords } from '../core/coarse-count.ts'
import { countWords, dayWords, timeWords } from '../ui/words.ts'

/** What has to be known before anybody is judged. */
export type Stands = {
  /** Concerns that wait for a decision; undefined for a person who may not know. */
  readonly waiting: { readonly all: number; readonly late: number } | undefined
  /** New reviews per 1,000 staff in 30 days, undefined while it cannot be told, and the most there should be. */
  readonly budget: {
    readonly rate: number | undefined
    readonly limit: number
    readonly over: boolean
    /** Over, and one review fewer would not be. */
    readonly overByOne: boolean
    /** New reviews in those days. */
    readonly entered: number
  }
  readonly lastRun: Run | undefined
  readonly silent: readonly { readonly feed: string; readonly silentForHours: number }[]
  readonly now: Date
}

/** The four figures that stand above the queue and the overview: waiting, budget, last run, silent feeds. */
export const standingLineView = ({ waiting, budget, lastRun, silent, now }: Stands) => {
  // The scale ends beyond the budget, and at the rate where that is more still, so that "over" is seen as such.
  const exact = waiting !== undefined
  const entered = exact ? budget.entered : coarse(budget.entered)
  const rate = budget.entered === 0 ? 0 : ((budget.rate ?? 0) * entered) / budget.entered
  const alarm = isOverBeyondChance({ waiting, budget })
  const scale = Math.max(budget.limit * 1.6, rate, 0.1)
  return {
    waiting:
      waiting === undefined
        ? undefined
        : {
            figure: waiting.all.toLocaleString('en-GB'),
            words: `${waiting.all === 1 ? 'concern waits' : 'concerns wait'} for a decision`,
            late: waiting.late === 0 ? '' : `${waiting.late.toLocaleString('en-GB')} overdue`,
          },
    budget: {
      figure: budget.rate === undefined ? 'Not known' : rate.toFixed(1),
      words: `new per 1,000 staff on evidence of the last 30 days (${exact ? entered : coarseWords(entered)} in all); the budget is ${budget.limit}`,
      alarm,
      verdict: verdictWords(budget, alarm),
      barWidth: `${Math.round((rate / scale) * 100)}%`,
      limitAt: `${Math.round((budget.limit / scale) * 100)}%`,
    },
    run: runWords(lastRun, now),
    silent: silent.map(
      ({ feed, silentForHours }) => `${feed.replaceAll('_', ' ')} (${durationWords(silentForHours)})`,
    ),
  }
}

/**
 * Whether the budget is passed by more than one review. That it may be chance is kept from whoever may not know how many there were: it
 * would tell them.
 */
export const isOverBeyondChance = ({ waiting, budget }: Pick<Stands, 'waiting' | 'budget'>): boolean =>
  budget.over && !(waiting !== undefined && budget.overByOne)

const verdictWords = ({ over, rate, entered }: Stands['budget'], alarm: boolean): string => {
  if (!over) return ''
  if (alarm) return 'over budget'
  return `within one review of it, which may be chance: one review alone is ${((rate ?? 0) / entered).toFixed(1)} here`
}

const runWords = (run: Run | undefined, now: Date): { figure: string; words: string; alarm: boolean } => {
  if (run === undefined) return { figure: 'Never', words: 'Detection has not run yet', alarm: true }
  if (!run.ended)
    return {
      figure: 'Not finished',
      words: `the detection begun ${dayWords(run.startedAt)} has not ended`,
      alarm: true,
    }
  const day = dayOf(now) === run.endedAt.slice(0, 10) ? 'today' : dayWords(run.endedAt)
  const upTo =
    run.result === undefined || run.result.lastDay === ''
      ? ''
      : `, on records up to ${dayWords(run.result.lastDay)}`
  return { figure: timeWords(run.endedAt), words: `${day}: last detection${upTo}`, alarm: false }
}

/** "36 hours", "5 days". */
export const durationWords = (hours: number): string =>
  hours < 48 ? countWords(Math.round(hours), 'hour') : countWords(Math.round(hours / 24), 'day')
