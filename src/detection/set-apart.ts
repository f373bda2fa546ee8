import { readFeeds } from '../intake/feeds.ts'
import type { LakeRow } from './record-world.ts'

const numbers = new Set([
  'address',
  'device_address',
  'other_address',
  'number',
  'personal_number',
  'personal_email',
])
const references = new Set(['team', 'registration', 'reference', 'closed_by', 'approved_by'])

/** About 3.4 km at the latitude of the cases: nobody's stop is near a person of another case. */
const stepDegrees = 0.05

/**
 * Sets the worlds of several cases apart, so that one build serves them all: every key, number and place of case `at`
 * becomes its own. `keyTogether` goes back.
 */
export const setApart = (
  rows: ReadonlyMap<string, readonly LakeRow[]>,
  at: number,
): ReadonlyMap<string, readonly LakeRow[]> => {
  const { feeds } = readFeeds()
  return new Map(
    [...rows].map(([name, own]) => {
      const fields = feeds.find(feed => feed.name === name)?.fields ?? []
      const free = new Set(
        fields.filter(field => field.type === 'string' && !field.values).map(field => field.name),
      )
      return [
        name,
        own.map(row =>
          Object.fromEntries(
            Object.entries(row).map(([field, value]) => [field, cellApart(row, field, value, at, free)]),
          ),
        ),
      ]
    }),
  )
}

const cellApart = (
  row: LakeRow,
  field: string,
  value: string | number | boolean,
  at: number,
  free: ReadonlySet<string>,
): string | number | boolean => {
  if (typeof value === 'number') return /(^|_)lon$/.test(field) ? shifted(value, at) : value
  if (typeof value === 'boolean' || value === '' || !free.has(field)) return value
  if (field === 'subject_id' && row.subject_kind === 'criteria') return value
  if (field === 'subject_id' && row.subject_kind === 'address') {
    const [lat = '', lon = ''] = value.split(' ')
    return `${lat} ${shifted(Number(lon), at).toFixed(5)}`
  }
  if (field === 'text') return value.replaceAll(mailboxIn, name => keyApart(name, at))
  return numbers.has(field) || references.has(field) || field.endsWith('_id') ? keyApart(value, at) : value
}

/** The name of a mailbox that a text gives, with its signs or spelt out: `jo@home.example`, `jo at home dot example`. */
const mailboxIn = /[\w.+-]+(?=(?:@| at )[\w-]+(?:\.| dot )\w)/g

const shifted = (lon: number, at: number): number => Math.round((lon + at * stepDegrees) * 1e6) / 1e6

/** A key of case `at`; a telephone number stays one. */
const keyApart = (key: string, at: number): string =>
  key.startsWith('+') ? `+${String(100 + at)}${key.slice(1)}` : `${at}.${key}`

/** The case a key came from and the key as its file has it; undefined where it is of no case. */
export const keyTogether = (key: string): { readonly at: number; readonly key: string } | undefined => {
  const number = /^\+(\d{3})(\d+)$/.exec(key)
  if (number) return { at: Number(number[1]) - 100, key: `+${number[2] ?? ''}` }
  const other = /^(\d+)\.(.*)$/.exec(key)
  return other ? { at: Number(other[1]), key: other[2] ?? '' } : undefined
}
