import type { Excepted } from '../detection/exceptions.ts'
import { addDays } from '../core/clock.ts'

/** Longest that an exception may last, in days: as long as a concern may be watched without another look. Judgement. */
export const longestExceptionDays = 180

/** An exception as somebody typed it: every field as text, days as `YYYY-MM-DD`. */
export type TypedException = {
  readonly kind: string
  /** Reference of a concern: names a pair without naming anybody. */
  readonly concern: string
  readonly plan: string
  /** Latitude and longitude, with a comma between. */
  readonly place: string
  readonly number: string
  readonly reason: string
  /** Id of an account. */
  readonly owner: string
  readonly from: string
  readonly until: string
}

/** A sentence for each field that must be mended. */
export type ExceptionFaults = Partial<Record<keyof TypedException, string>>

/** What was typed, checked as far as its own words go; whether the concern, plan and owner exist is still to be looked up. */
export type CheckedException = {
  readonly covers: Excepted | { readonly kind: 'concern'; readonly ref: string }
  readonly reason: string
  readonly owner: string
  readonly fromOn: string
  readonly untilOn: string
}

/** Checks what was typed. */
export const readExceptionForm = (
  typed: TypedException,
  today: string,
): CheckedException | { readonly faults: ExceptionFaults } => {
  const faults: ExceptionFaults = {}
  const covers = coversOf(typed)
  if ('field' in covers) faults[covers.field] = covers.fault
  const reason = typed.reason.trim()
  if (reason === '') faults.reason = 'Enter your reason: what you checked and what it showed'
  else if (reason.length > 4_000) faults.reason = 'Your reason must be 4,000 characters or fewer'
  if (typed.owner === '') faults.owner = 'Select who answers for it'
  if (!isDay(typed.from)) faults.from = 'Enter a real first day, such as 27 3 2027'
  else if (typed.from > today) faults.from = 'The first day must be today or earlier'
  if (!isDay(typed.until)) faults.until = 'Enter a real last day, such as 27 3 2027'
  else if (typed.until <= today) faults.until = 'The last day must be after today'
  else if (typed.until > addDays(today, longestExceptionDays))
    faults.until = `The last day must be within ${longestExceptionDays} days of today`
  if (Object.keys(faults).length > 0 || 'field' in covers) return { faults }
  return { covers, reason, owner: typed.owner, fromOn: typed.from, untilOn: typed.until }
}

const coversOf = (
  typed: TypedException,
): CheckedException['covers'] | { readonly field: keyof TypedException; readonly fault: string } => {
  switch (typed.kind) {
    case 'pair': {
      const ref = typed.concern.trim()
      return ref === ''
        ? { field: 'concern', fault: 'Enter the reference of the concern, such as K7Q2-9MXD' }
        : { kind: 'concern', ref }
    }
    case 'plan': {
      const assignmentId = typed.plan.trim()
      return assignmentId === ''
        ? { field: 'plan', fault: 'Enter the id of the assignment, as the feed of assignments has it' }
        : { kind: 'plan', assignmentId }
    }
    case 'address': {
      const place = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,2}(?:\.\d+)?)\s*$/.exec(typed.place)
      const [lat, lon] = [Number(place?.[1]), Number(place?.[2])]
      return lat >= 49 && lat <= 61 && lon >= -9 && lon <= 3
        ? { kind: 'address', lat, lon }
        : {
            field: 'place',
            fault: 'Enter latitude and longitude in the United Kingdom, such as 51.5034, -0.1276',
          }
    }
    case 'number': {
      const number = typed.number.replaceAll(/[\s()-]/g, '').replace(/^0(?=[1-9])/, '+44')
      return /^\+\d{7,15}$/.test(number)
        ? { kind: 'number', number }
        : { field: 'number', fault: 'Enter a telephone number, such as 07700 900001 or +447700900001' }
    }
    default:
      return { field: 'kind', fault: 'Select what it is about' }
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)
