import { addDays } from '../core/clock.ts'

/**
 * The working day `count` working days after a day: Monday to Friday without the bank holidays of England and Wales.
 * Days as `YYYY-MM-DD`.
 */
export const addWorkingDays = (day: string, count: number): string => {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left--
  }
  return at
}

/** Whether a day (`YYYY-MM-DD`) is a working day in England and Wales. One-off holidays by proclamation are not known here. */
const isWorkingDay = (day: string): boolean => {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6 && !bankHolidays(Number(day.slice(0, 4))).includes(day)
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** Bank holidays of a year by rule (Banking and Financial Dealings Act 1971 and common law), with the days that stand in for weekends. */
export const bankHolidays = (year: number): string[] => {
  const easter = easterSunday(year)
  const newYear = firstWorkday(`${year}-01-01`)
  const christmas = firstWorkday(`${year}-12-25`)
  const boxing = firstWorkday(`${year}-12-26`)
  return [
    newYear,
    addDays(easter, -2),
    addDays(easter, 1),
    mondayFrom(`${year}-05-01`),
    mondayFrom(`${year}-05-25`),
    mondayFrom(`${year}-08-25`),
    christmas,
    // When both fall on a weekend, or on Sunday and Monday, Boxing Day is moved past the day Christmas moved to.
    boxing === christmas ? addDays(boxing, 1) : boxing,
  ]
}

const firstWorkday = (day: string): string => {
  const weekday = weekdayOf(day)
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

const mondayFrom = (day: string): string => addDays(day, (8 - weekdayOf(day)) % 7)

/** Easter Sunday in the Gregorian calendar (the "anonymous" algorithm). */
const easterSunday = (year: number): string => {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const corrected =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - corrected - (inCentury % 4)) % 7
  const late = Math.floor((golden + 11 * corrected + 22 * weekday) / 451)
  const marker = corrected + weekday - 7 * late + 114
  return `${year}-${String(Math.floor(marker / 31)).padStart(2, '0')}-${String((marker % 31) + 1).padStart(2, '0')}`
}
