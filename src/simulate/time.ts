/** Seconds in a day. Inside the simulation a moment is whole seconds since 1970 and a day is whole days since 1970, both UTC. */
export const daySeconds = 86_400
/** Seconds in an hour. */
export const hour = 3_600
/** Seconds in a minute. */
export const minute = 60

const twoDigits = Array.from({ length: 60 }, (_, at) => String(at).padStart(2, '0'))
const two = (at: number): string => twoDigits[at] ?? ''
const dayTexts = new Map<number, string>()

/** `YYYY-MM-DD` of a day number. */
export const dayText = (day: number): string => {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  const text = new Date(day * daySeconds * 1_000).toISOString().slice(0, 10)
  dayTexts.set(day, text)
  return text
}

/** `YYYY-MM-DDTHH:MM:SSZ` of a moment. Written by hand because millions are needed. */
export const momentText = (moment: number): string => {
  const at = Math.floor(moment)
  const day = Math.floor(at / daySeconds)
  const second = at - day * daySeconds
  return `${dayText(day)}T${two(Math.floor(second / hour))}:${two(Math.floor(second / minute) % 60)}:${two(second % 60)}Z`
}

/** Day number of a moment. */
export const dayOfMoment = (moment: number): number => Math.floor(moment / daySeconds)

/** Day number of `YYYY-MM-DD`. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1_000 / daySeconds

const summers = new Map<number, readonly [number, number]>()

/** British Summer Time runs from the last Sunday of March to the last Sunday of October. */
const summerOf = (year: number): readonly [number, number] => {
  const known = summers.get(year)
  if (known) return known
  const lastSunday = (month: number): number => {
    const last = Date.UTC(year, month + 1, 0) / 1_000 / daySeconds
    return last - ((last + 4) % 7)
  }
  const span = [lastSunday(2), lastSunday(9)] as const
  summers.set(year, span)
  return span
}

/** The moment when UK clocks show `hours` (which may pass 24) on a day. */
export const ukMoment = (day: number, hours: number): number => {
  const [from, to] = summerOf(Number(dayText(day).slice(0, 4)))
  return Math.round(day * daySeconds + hours * hour) - (day >= from && day < to ? hour : 0)
}

/** 0 Monday to 6 Sunday. */
export const weekday = (day: number): number => (day + 3) % 7
