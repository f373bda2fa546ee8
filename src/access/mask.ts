import { createHmac } from 'node:crypto'
import { spokenWord } from '../core/spoken-letters.ts'

/** What a mask is made with. Another purpose or period gives every person another mask, so that lists cannot be laid side by side. */
export type MaskWith = {
  readonly key: Uint8Array
  /** What the mask is for, such as `review`. */
  readonly purpose: string
  /** `YYYY-MM`: masks change every month. */
  readonly period: string
}

/** Letters of a mask: 24^5 is 8 million, so that two of a thousand pairs in a queue share one about once in sixteen months. */
const letters = 5

const mask = (given: MaskWith, kind: 'staff' | 'person', id: string): string => {
  const text = JSON.stringify([given.purpose, given.period, kind, id])
  return spokenWord(createHmac('sha256', given.key).update(text).digest(), letters)
}

/** The masked name of a member of staff, such as `7F3A9`. */
export const maskStaff = (given: MaskWith, staffId: string): string => mask(given, 'staff', staffId)

/** The masked name of a member of the public, or of a number nobody has. */
export const maskPerson = (given: MaskWith, personId: string): string => mask(given, 'person', personId)

/** The month of a moment, as a period of masks. */
export const maskPeriod = (moment: Date): string => moment.toISOString().slice(0, 7)

/** A telephone number or an e-mail address anywhere in free text. */
const telling = /(?:\+44|\b0)(?:[\s-]?\d){9,10}\b|[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}/giu

/** Free text without the ids it names, telephone numbers and e-mail addresses: each id is replaced by its label. */
export const scrub = (text: string, labels: ReadonlyMap<string, string>): string => {
  const withoutNumbers = text.replaceAll(
    telling,
    found => labels.get(found.replaceAll(/[\s-]/g, '')) ?? '[removed]',
  )
  const lower = withoutNumbers.toLowerCase()
  return [...labels]
    .filter(([id]) => id !== '' && lower.includes(id.toLowerCase()))
    .reduce((scrubbed, [id, label]) => scrubbed.replaceAll(wholeWord(id), () => label), withoutNumbers)
}

/** An id where it stands as a word of its own, in any case. */
export const wholeWord = (id: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
