const second = { s: 1, m: 60, h: 3_600, d: 86_400 } as const

/** Seconds of a span such as `30s`, `90m`, `3h` or `2d`. */
export const secondsOf = (span: string): number => {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(span) ?? []
  if (count === undefined) throw new Error(`"${span}" is no time: write 30s, 90m, 3h or 2d`)
  return Number(count) * second[unit as keyof typeof second]
}

type Reading = {
  /** The day called D0. */
  readonly day0: string
  /** Seconds to add. */
  readonly shift: number
  readonly kind: 'date' | 'datetime'
  /** Named in errors. */
  readonly where: string
}

const clockOf = /^D(-?\d+)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/
const written = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\dZ?)?$/

/** A day or moment written `D2`, `D2 14:00`, `D-30 09:15:30` or in full, as the lake takes it. */
export const readMoment = (text: string, { day0, shift, kind, where }: Reading): string => {
  const seconds = secondOf(text, day0)
  if (seconds === undefined)
    throw new Error(`${where}: "${text}" is no time. Write D2 14:00, D2 14:00:30 or D2.`)
  const iso = new Date((seconds + shift) * 1000).toISOString()
  return kind === 'date' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

/** Seconds since 1970 of a moment written as in `readMoment`; undefined where it is none. */
export const secondOf = (text: string, day0: string): number | undefined => {
  if (written.test(text))
    return Date.parse(text.length === 10 ? text : `${text.slice(0, 19).replace(' ', 'T')}Z`) / 1000
  const found = clockOf.exec(text)
  if (!found) return undefined
  const [, day, hours = '0', minutes = '0', seconds = '0'] = found
  return (
    Date.parse(day0) / 1000 +
    Number(day) * second.d +
    Number(hours) * second.h +
    Number(minutes) * second.m +
    Number(seconds)
  )
}

/** A moment of the lake, `YYYY-MM-DD HH:MM:SS`, from seconds since 1970. */
export const momentOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
