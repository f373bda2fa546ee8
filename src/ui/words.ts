import { capital } from '../core/capital.ts'

const london = 'Europe/London'

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: london,
})
const shortDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: london })
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: london,
})
const numberFormat = new Intl.NumberFormat('en-GB')

/** A moment or day as the template gives it: a Date, an ISO text, or nothing. */
type When = Date | string | null | undefined

/** Noon stands for a bare day, so that no time zone moves it to its neighbour. */
const dateOf = (when: When): Date | undefined => {
  if (when === null || when === undefined || when === '') return undefined
  if (when instanceof Date) return when
  return new Date(when.length === 10 ? `${when}T12:00:00Z` : when)
}

/** "28 June 2026", in UK time; empty for nothing. */
export const dayWords = (when: When): string => {
  const date = dateOf(when)
  return date === undefined ? '' : dayFormat.format(date)
}

/** "28 Jun", for axes and narrow columns. */
export const shortDayWords = (when: When): string => {
  const date = dateOf(when)
  return date === undefined ? '' : shortDayFormat.format(date)
}

/** "28 June 2026, 02:10", in UK time; empty for nothing. */
export const momentWords = (when: When): string => {
  const date = dateOf(when)
  return date === undefined ? '' : `${dayFormat.format(date)}, ${timeFormat.format(date)}`
}

/** "02:10", in UK time. */
export const timeWords = (when: Date | string): string => timeFormat.format(dateOf(when))

/** "+13.5", "−4", "0": points with their sign, at most one decimal. */
export const pointsWords = (points: number): string => {
  const rounded = Math.round(points * 10) / 10
  if (rounded === 0) return '0'
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`
}

/** "1 record", "1,204 records": the plural is the singular with an s unless given. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${numberFormat.format(count)} ${count === 1 ? one : many}`

/** "System access": the name of a feed as people say it. */
export const feedWords = (feed: string): string => capital(feed.replaceAll('_', ' '))

/** "7 years", or "100 days" where it is no whole number of years of 365 days. */
export const spanWords = (days: number): string =>
  days > 0 && days % 365 === 0 ? countWords(days / 365, 'year') : countWords(days, 'day')

/** Text in which every day written as `2026-06-28` reads "28 June 2026". Detection writes days so that they sort. */
export const plainDays = (text: string): string =>
  text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, day => dayWords(day))

/** The version of an indicator as findings quote it: "3", or "3.2" with the unit's second published change. */
export const versionWords = (version: number, edition = 0): string =>
  edition === 0 ? String(version) : `${version}.${edition}`
