import { z } from 'zod'
import { addDays, dayOf } from '../../../core/clock.ts'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import { countWords, dayWords } from '../../../ui/words.ts'

/** How many days of a record are drawn; `all` draws it whole. */
const choices = ['30', '90', '365', 'all'] as const

export type WindowChoice = (typeof choices)[number]

/** Reads `?days=` of an address; anything else asks for ninety. */
export const readWindowChoice = (query: Readonly<Record<string, unknown>>): WindowChoice =>
  z.enum(choices).catch('90').parse(query['days'])

export type TimelineWindow = {
  /** `YYYY-MM-DD` */
  readonly fromDay: string
  readonly toDay: string
  readonly words: string
  readonly facts: readonly RecordedFact[]
}

/**
 * The days of a record that are drawn. It ends with the last contact, stay or look-up, or the day of the score where that
 * is later, and starts no earlier than the record itself: an empty stretch tells nothing.
 */
export const windowOf = (
  facts: readonly RecordedFact[],
  onDay: string,
  choice: WindowChoice,
): TimelineWindow => {
  const dated = facts.filter(fact => fact.lane !== 'duty').map(fact => fact.at.slice(0, 10))
  const done = facts
    .filter(fact => fact.lane !== 'duty' && fact.lane !== 'case')
    .map(fact => fact.at.slice(0, 10))
  const last = [onDay, ...done].reduce((a, b) => (b > a ? b : a))
  const first = dated.reduce((a, b) => (b < a ? b : a), last)
  const toDay = addDays(last, 2)
  const asked = choice === 'all' ? first : addDays(last, -Number(choice))
  const fromDay = addDays(asked > first ? asked : first, -1)
  const end = `${toDay}T23:59:59Z`
  return {
    fromDay,
    toDay,
    words: `${dayWords(fromDay)} to ${dayWords(toDay)}`,
    facts: facts.filter(fact => (fact.until ?? fact.at) >= `${fromDay}T00:00:00Z` && fact.at <= end),
  }
}

/** Links to other stretches; those no longer than the record itself, and the whole of it. */
export const windowLinks = (
  facts: readonly RecordedFact[],
  choice: WindowChoice,
  base: string,
): { name: string; href: string; current: boolean }[] => {
  const first = facts.find(fact => fact.lane !== 'duty')?.at.slice(0, 10) ?? ''
  const last = facts.at(-1)?.at.slice(0, 10) ?? ''
  return choices
    .filter(
      each => each === 'all' || each === choice || addDays(last || dayOf(new Date(0)), -Number(each)) > first,
    )
    .map(each => ({
      name: each === 'all' ? 'whole record' : `last ${countWords(Number(each), 'day')}`,
      href: `${base}?days=${each}`,
      current: each === choice,
    }))
}
