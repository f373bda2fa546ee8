import type { Lake } from '../../src/lake/lake.ts'

/** Where the records hold who somebody is, or what leads to them: a column, and the feed. */
const columns = [
  ['staff', 'staff_id'],
  ['staff', 'personal_number'],
  ['staff', 'personal_email'],
  ['devices', 'address'],
  ['devices', 'device_id'],
  ['crewing', 'unit_id'],
  ['people', 'person_id'],
  ['person_numbers', 'number'],
  ['person_vehicles', 'registration'],
  ['stops', 'registration'],
  ['billing', 'other_address'],
] as const

/** Where somebody lives, as degrees: told apart from other figures by three decimals and more. */
const places = [
  ['staff', 'home_lat'],
  ['staff', 'home_lon'],
  ['person_addresses', 'lat'],
  ['person_addresses', 'lon'],
] as const

/** Everything in the records by which somebody can be known. */
export type Roster = ReadonlySet<string>

/** A word without what is written between its letters and digits: +44 7700 900123 and 07700 900123 are one. */
const bare = (word: string): string => {
  const digits = word.replaceAll(/\D/g, '')
  if (/^[+\d\s().-]{9,}$/.test(word)) return digits.slice(-9)
  return word.toLowerCase().replaceAll(/\s/g, '')
}

/** Every identity of staff and of people that the records hold. */
export const readRoster = async (lake: Lake): Promise<Roster> => {
  const read = async (feed: string, column: string): Promise<string[]> => {
    const rows = await lake.rows<{ word: string }>(
      `select distinct toString(${column}) as word from upstander.${feed} where isNotNull(${column}) and toString(${column}) != ''`,
    )
    return rows.map(({ word }) => word)
  }
  const words = (await Promise.all(columns.map(([feed, column]) => read(feed, column)))).flat()
  const degrees = (await Promise.all(places.map(([feed, column]) => read(feed, column)))).flat()
  return new Set([...words, ...degrees.filter(word => /\.\d{3,}$/.test(word))].map(bare))
}

/** The identities of a roster that stand in what somebody was sent, each once. */
export const namedIn = (text: string, roster: Roster): string[] => {
  const words = [
    ...text.matchAll(/[\p{L}\p{N}@._+-]+/gu),
    ...text.matchAll(/[\p{L}\p{N}]+/gu),
    ...text.matchAll(/\+?\d[\d\s().-]{8,14}\d/gu),
    ...text.matchAll(/\b[A-Z]{2}\d{2}\s[A-Z]{3}\b/gu),
  ]
  return [...new Set(words.map(([word]) => word).filter(word => roster.has(bare(word))))]
}
