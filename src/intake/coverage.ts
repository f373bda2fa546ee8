import type { Clock } from '../core/clock.ts'
import { addDays } from '../core/clock.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { readFeeds, type Feed } from './feeds.ts'

/** How far a feed reaches, and whether it has fallen silent. */
export type FeedCoverage = {
  readonly feed: string
  readonly rows: number
  /** First and last day with rows, `YYYY-MM-DD`; '' where there are none or the feed has no event time. */
  readonly firstAt: string
  readonly lastAt: string
  /**
   * Longest ordinary pause between days with rows, in hours: nine in ten are shorter. Not the middle one: rare events come
   * in fits, and one pause in eight is thrice the middle one. 0 where it cannot be told.
   */
  readonly usualGapHours: number
  /** Nothing for more than three times its usual gap. */
  readonly silent: boolean
  /** Hours from the end of its last day with rows to the moment it is judged against; 0 where it is not judged. */
  readonly silentForHours: number
}

/** A silence of this many usual gaps raises the alarm. */
const silentGaps = 3

/** Weeks with rows from which on a member of staff's own rhythm can be told. */
const rhythmWeeks = 8

/**
 * How far each feed reaches. A feed is judged silent against the newest event that any feed holds, or, when records
 * arrive live, against the clock: then a force whose every feed stops is noticed too. A feed about what lasts (who has which
 * number) is never judged.
 */
export const readCoverage = async (lake: Lake, live?: { readonly clock: Clock }): Promise<FeedCoverage[]> => {
  const { feeds } = readFeeds()
  const days = await lake.kept<{ feed: string; rows: number; first: string; last: string; gap: number }>(
    `select feed, sum(rows) as rows, toString(min(day)) as first, toString(max(day)) as last,
        if(count() < 5, 0, quantileExactIf(0.9)(gap, gap > 0)) * 24 as gap
      from (select feed, day, rows, toInt64(day) - toInt64(lagInFrame(day, 1, day) over
        (partition by feed order by day rows between 1 preceding and current row)) as gap
        from ${lakeDatabase}.coverage_feed_days)
      group by feed`,
  )
  const [newest] = await lake.kept<{ day: string }>(
    `select toString(max(max_event_at)) as day from ${lakeDatabase}.batches where feed in {feeds:Array(String)}`,
    { feeds: feeds.filter(feed => feed.eventTime && !feed.eventTime.mayBeFuture).map(feed => feed.name) },
  )
  const judgedAt = live ? live.clock.now().getTime() : Date.parse(`${newest?.day ?? ''}Z`.replace(' ', 'T'))
  const counts = await countUndated(lake, feeds)
  return feeds.map(feed => {
    const own = days.find(row => row.feed === feed.name)
    if (!own) return coverageOf(feed.name, counts.get(feed.name) ?? 0)
    if (feed.lasts) return coverageOf(feed.name, own.rows, own.first, own.last)
    const usualGapHours = feed.usualGapHours ?? own.gap
    // The whole of its last day counts as supplied, so that a feed of days is not silent for the hours of that day.
    const since = Date.parse(`${addDays(own.last, 1)}T00:00:00Z`)
    const silentForHours = Number.isNaN(judgedAt)
      ? 0
      : Math.max(0, Math.round((judgedAt - since) / 3_600_000))
    return {
      feed: feed.name,
      rows: own.rows,
      firstAt: own.first,
      lastAt: own.last,
      usualGapHours,
      silent: usualGapHours > 0 && silentForHours > silentGaps * usualGapHours,
      silentForHours,
    }
  })
}

/** A feed that is not judged: without event time, never supplied, or about what lasts. */
const coverageOf = (feed: string, rows: number, firstAt = '', lastAt = ''): FeedCoverage => ({
  feed,
  rows,
  firstAt,
  lastAt,
  usualGapHours: 0,
  silent: false,
  silentForHours: 0,
})

const countUndated = async (lake: Lake, feeds: readonly Feed[]): Promise<Map<string, number>> => {
  const undated = feeds.filter(feed => !feed.eventTime)
  const rows = await lake.kept<{ feed: string; rows: number }>(
    undated
      .map(feed => `select '${feed.name}' as feed, count() as rows from ${lakeDatabase}.${feed.name}`)
      .join(' union all '),
  )
  return new Map(rows.map(row => [row.feed, row.rows]))
}

/** How far a feed reaches for one member of staff over some days. */
export type StaffCoverage = {
  readonly feed: string
  /** The feed was supplied; one that has rows every day also holds something tied to this member of staff. */
  readonly held: boolean
  /** Spans of days, first and last, `YYYY-MM-DD`, for which nothing was supplied: nothing there means nothing. */
  readonly missing: readonly (readonly [string, string])[]
}

/**
 * What was supplied about a member of staff from one day to another, in every feed that can be tied to staff. Days are
 * missing where the feed as a whole is silent for longer than three of its usual gaps; weeks are missing where a daily feed
 * that has them nearly every week has nothing of theirs for three weeks or more in which they were on duty.
 */
export const staffCoverage = async (
  lake: Lake,
  staffId: string,
  from: string,
  to: string,
): Promise<StaffCoverage[]> => {
  const { feeds } = readFeeds()
  const coverage = await readCoverage(lake)
  const days = await lake.kept<{ feed: string; days: readonly string[] }>(
    `select feed, arrayMap(day -> toString(day), arraySort(groupArray(day))) as days
      from ${lakeDatabase}.coverage_feed_days group by feed`,
  )
  const weeks = await lake.kept<{ feed: string; weeks: readonly string[] }>(
    `select feed, arrayMap(week -> toString(week), arraySort(groupArray(week_on))) as weeks
      from ${lakeDatabase}.coverage_staff_weeks where staff_id = {staffId:String} group by feed`,
    { staffId },
  )
  const weeksOf = (feed: string): readonly string[] => weeks.find(row => row.feed === feed)?.weeks ?? []
  const onDuty = weeksOf('duties')
  return feeds
    .filter(feed => feed.tie !== 'none' && feed.eventTime)
    .map(feed => {
      const supplied = days.find(row => row.feed === feed.name)?.days ?? []
      const own = weeksOf(feed.name)
      const daily = feed.usualGapHours !== undefined
      if (supplied.length === 0 || (daily && own.length === 0)) {
        return { feed: feed.name, held: false, missing: [[from, to] as const] }
      }
      const usualHours = coverage.find(row => row.feed === feed.name)?.usualGapHours ?? 0
      const silences =
        usualHours === 0 ? [] : gaps(supplied, 1, Math.ceil((silentGaps * usualHours) / 24), from, to)
      const weekly = daily && own.length >= rhythmWeeks && usualStep(own) === 7
      const quiet = weekly ? gaps(own, 7, silentGaps * 7, from, to) : []
      const blind = quiet.filter(([first, last]) => onDuty.some(week => week >= first && week <= last))
      return { feed: feed.name, held: true, missing: union([...silences, ...blind]) }
    })
}

/**
 * Spans inside [from, to] that no mark covers, where the step from one mark to the next is longer than `longest` days.
 * @param marks days in order; each covers `covers` days from itself on
 */
const gaps = (
  marks: readonly string[],
  covers: number,
  longest: number,
  from: string,
  to: string,
): (readonly [string, string])[] => {
  const spans: (readonly [string, string])[] = []
  let previous = marks.findLast(mark => mark < from) ?? addDays(from, -covers)
  const following = marks.find(mark => mark > to) ?? addDays(to, 1)
  for (const mark of [...marks.filter(mark => mark >= from && mark <= to), following]) {
    const first = addDays(previous, covers)
    const last = addDays(mark, -1)
    if (daysBetween(previous, mark) > longest) {
      spans.push([first < from ? from : first, last > to ? to : last])
    }
    previous = mark
  }
  return spans.filter(([first, last]) => first <= last)
}

const daysBetween = (first: string, second: string): number =>
  Math.round((Date.parse(second) - Date.parse(first)) / 86_400_000)

/** The middle one of the steps between marks, in days. */
const usualStep = (marks: readonly string[]): number =>
  marks
    .slice(1)
    .map((mark, index) => daysBetween(marks[index] ?? mark, mark))
    .toSorted((a, b) => a - b)[Math.floor((marks.length - 1) / 2)] ?? 0

const union = (spans: readonly (readonly [string, string])[]): (readonly [string, string])[] => {
  const joined: [string, string][] = []
  for (const [first, last] of spans.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const open = joined.at(-1)
    if (open && first <= addDays(open[1], 1)) open[1] = last > open[1] ? last : open[1]
    else joined.push([first, last])
  }
  return joined
}
