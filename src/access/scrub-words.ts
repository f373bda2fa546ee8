import { spokenLetters } from '../core/spoken-letters.ts'
import { wholeWord } from './mask.ts'
import { withoutNames } from './scrub-names.ts'

const removed = '[removed]'
const number = '[number]'

/** Telephone numbers and e-mail addresses, as in src/access/mask.ts, and pages of social media. */
const reached =
  /(?:(?:\+|\b00)\d{1,3}|\b0|\(0)(?:[\s().-]{0,2}\d){8,11}\b|[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}|(?:https?:\/\/|www\.)\S+|(?<!\S)@[\w.]{3,}/giu

/** Postcodes, and vehicle registrations of today. */
const plain = /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b/giu

/** Older registrations, in capitals only: in small letters they are words. */
const older = /\b(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z]|[A-Z]{3}\s\d{3,4})\b/gu

const street =
  'road|rd|street|st|avenue|ave|close|lane|ln|drive|way|court|crescent|cres|place|terrace|gardens|grove|walk|row|square|hill|park|view|mews|rise|green|house|lodge|cottage|buildings|flats'

/** A number and a street, a flat and its number, and the words beside which an address stands. */
const address = new RegExp(
  String.raw`\b(?:flat|apartment|apt|unit|room)\s+\d+\w?\b(?:,?\s+(?:\p{L}[\p{L}’'-]*\s+){0,3}(?:${street})\b)?|\b\d{1,4}[a-z]?,?\s+(?:\p{L}[\p{L}’'-]*\s+){1,3}(?:${street})\b`,
  'giu',
)

const month = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'

/** Days written in numbers, and in words with a year in which somebody who works or is met today may have been born. */
const born = new RegExp(
  String.raw`\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:${month})[a-z]*,?\s+(?:19\d{2}|200\d|201\d)\b|\b(?:born|d\.?o\.?b\.?|birthday)\b\W{0,3}(?:(?:on|in|is)\s+)?(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:(?:${month})[a-z]*\s*)?\d{0,4}`,
  'giu',
)

/** A rank or the word for it, and a collar, warrant or call number. */
const collar =
  /\b(?:p\.?c\.?|d\.?c\.?|ds|di|ps|sgt|insp|wpc|pcso|collar(?:\s+(?:no|number))?|warrant(?:\s+(?:no|number))?|shoulder(?:\s+number)?|call\s?sign|badge(?:\s+(?:no|number))?)[\s:#.]{0,3}[a-z]{0,2}\d{1,6}[a-z]?\b/giu

/** Digits and letters in one word, as keys of records and members of staff are; five digits or more. */
const code =
  /\b(?=[\p{L}\d/-]*\d[\p{L}\d/-]*\d)(?=[\p{L}\d/-]*\p{L})[\p{L}\d]+(?:[/-][\p{L}\d]+)*\b|\b\d{5,}\b/gu

/** Times, lengths and counts, which name nobody. */
const measure =
  /^\d+(?:[.:]\d+)?(?:am|pm|st|nd|rd|th|m|km|mi|mph|min|mins|minutes|h|hr|hrs|hours|s|sec|x|k|d|days|wk|ft|yrs|yo)$/iu

const reference = new RegExp(`\\b[${spokenLetters}]{4}-[${spokenLetters}]{4}\\b`, 'gu')

/**
 * What somebody wrote, without ids, collar and telephone numbers, e-mail and postal addresses, vehicle registrations, days of birth and
 * what looks like a name. It takes out too much rather than too little; a name in small letters may stay. Our own references stay.
 * @param labels what to write for the ids of those the text is about
 */
export const scrubWords = (text: string, labels: ReadonlyMap<string, string> = new Map()): string => {
  const kept: string[] = []
  // What is to stand is put aside as a letter that nobody writes, so that no rule takes it for a code.
  const aside = (words: string): string => `\uE000${String.fromCodePoint(0xe100 + kept.push(words) - 1)}`
  const lower = text.toLowerCase()
  const known = [...labels]
    .filter(([id]) => id !== '' && lower.includes(id.toLowerCase()))
    .reduce((left, [id, label]) => left.replaceAll(wholeWord(id), () => aside(label)), text)
  const bare = known
    .replaceAll(reached, found => {
      const label = labels.get(found.replaceAll(/[\s().-]/g, ''))
      return label === undefined ? removed : aside(label)
    })
    .replaceAll(reference, aside)
    .replaceAll(plain, removed)
    .replaceAll(older, removed)
    .replaceAll(address, removed)
    .replaceAll(born, removed)
    .replaceAll(collar, number)
    .replaceAll(code, found => (measure.test(found) ? found : number))
  return withoutNames(bare).replaceAll(
    /\uE000(.)/gu,
    (_, at: string) => kept[(at.codePointAt(0) ?? 0) - 0xe100] ?? removed,
  )
}
