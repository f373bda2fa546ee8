import { AppError } from '../../src/core/errors.ts'

/** A moment of a case: `D2`, `D2 14:00` or `D2 14:00:30`, in UTC, counted from the day of the first meeting. */
export type CaseTime = string

const pattern = /^D(-?\d+)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

/**
 * Seconds from the start of D0.
 * @throws AppError CONTENT_INVALID when it is not written as a moment of a case
 */
const secondsOf = (time: CaseTime): number => {
  const match = pattern.exec(time)
  if (match === null) {
    throw new AppError('CONTENT_INVALID', `"${time}" is not a moment of a case. Write it as D2 14:00.`)
  }
  const [, day = '0', hour = '0', minute = '0', second = '0'] = match
  return Number(day) * 86_400 + Number(hour) * 3_600 + Number(minute) * 60 + Number(second)
}

/** Seconds from the start of D0 as a moment of a case, `D2 14:00:30`. */
export const caseTime = (seconds: number): CaseTime => {
  const whole = Math.round(seconds)
  const day = Math.floor(whole / 86_400)
  const rest = whole - day * 86_400
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  return `D${day} ${two(rest / 3_600)}:${two((rest % 3_600) / 60)}:${two(rest % 60)}`
}

/** The day of a moment, as a count from D0. */
export const caseDay = (time: CaseTime): number => Math.floor(secondsOf(time) / 86_400)
