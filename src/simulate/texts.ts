import { join } from 'node:path'
import { z } from 'zod'
import { contentDir, readContent } from '../core/read-content.ts'
import type { Random } from './random.ts'

/** The kinds of text the force and the public write. */
export const textKinds = [
  'staff',
  'public',
  'public_kiss',
  'warm',
  'family_liaison',
  'family',
  'colleague',
  'partner_agency',
  'early_improper',
  'later_improper',
  'victim_to_offender',
  'own_number',
  'contact_card',
] as const
export type TextKind = (typeof textKinds)[number]

/** Writes a text of a kind; `reference` is the crime number it may quote. */
export type Texts = (random: Random, kind: TextKind, reference?: string) => string

const days = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'tomorrow',
  'today',
  'next week',
]
const places = ['the station', 'the front counter', 'the court', 'the community hub', 'your sister’s']
const openings = ['', '', '', '', 'Hello, ', 'Hi, ', 'Evening, ', 'Morning. ']
const shape = z.record(z.enum(textKinds), z.array(z.string()).nonempty())

const endings = ['', '', '', '', '.', '. Thanks', ' thanks', '. Take care']

/**
 * Reads the stock of texts of `content/simulate/texts.yaml`.
 * @throws AppError CONTENT_INVALID
 */
export const readTexts = (): Texts => {
  const texts = readContent(join(contentDir, 'simulate', 'texts.yaml'), shape)
  return (random, kind, reference = '') => {
    const text = random
      .pick(texts[kind])
      .replaceAll(
        '{time}',
        `${random.whole(1, 11)}${random.pick(['', '.30', '.15'])}${random.pick(['am', 'pm'])}`,
      )
      .replaceAll('{day}', random.pick(days))
      .replaceAll('{place}', random.pick(places))
      .replaceAll('{ref}', reference === '' ? 'your reference' : reference)
    return kind === 'staff' || kind === 'public'
      ? `${random.pick(openings)}${text}${random.pick(endings)}`
      : text
  }
}

const kiss = [' x', ' x', ' xx', ' X']
/** Ends a text with a kiss. */
export const withKiss = (random: Random, text: string): string => text + random.pick(kiss)
