import { z } from 'zod'
import { readFeeds, type Feed, type FeedField } from '../intake/feeds.ts'
import { nearestName } from '../intake/nearest-name.ts'
import { defaultsOf } from './world-defaults.ts'
import { rowsOfShorthands, shorthandShape } from './world-shorthands.ts'
import { readMoment, secondsOf } from './world-times.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** A hand-made record: columns of its feed, and optionally `repeat: 30` with `every: 3h`. */
const row = z.record(z.string(), cell)

const part = z.strictObject({
  /** Rows by feed. Times read `D2 14:00` (UTC, two days after day0), days `D2`, and both may lie before: `D-30`. */
  records: z.record(z.string(), z.array(row)).default({}),
  ...shorthandShape,
})

/** A small hand-made force, for tests. */
export const worldShape = part.extend({
  /** The day called D0, as `YYYY-MM-DD`. */
  day0: z.iso.date(),
})

/** What a case adds to the world its file begins with. */
export const worldPartShape = part.partial()

export type World = z.input<typeof worldShape>
export type WorldPart = z.input<typeof worldPartShape>
export type WorldRow = z.output<typeof row>

/** A row with every value spelt out: days as `YYYY-MM-DD`, moments as `YYYY-MM-DD HH:MM:SS`, UTC. */
export type LakeRow = Readonly<Record<string, string | number | boolean>>

/** Both worlds together, on the first one's day0. */
export const mergeWorlds = (world: World, added: WorldPart): World => {
  const records = { ...world.records }
  for (const [feed, rows] of Object.entries(added.records ?? {}))
    records[feed] = [...(records[feed] ?? []), ...rows]
  return {
    ...world,
    records,
    rosters: [...(world.rosters ?? []), ...(added.rosters ?? [])],
    visits: [...(world.visits ?? []), ...(added.visits ?? [])],
    attended: [...(world.attended ?? []), ...(added.attended ?? [])],
  }
}

/**
 * Every row of a world by feed, short-hands and repeats written out, missing required fields filled in.
 * @throws Error naming an unknown feed or field and the nearest right one, or a required field without a default.
 */
export const expandWorld = (world: World): ReadonlyMap<string, readonly LakeRow[]> => {
  const whole = worldShape.parse(world)
  const { feeds } = readFeeds()
  const expanded = new Map<string, LakeRow[]>()
  const given = [
    ...Object.entries(whole.records).flatMap(([feed, rows]) => rows.map(each => [feed, each] as const)),
    ...rowsOfShorthands(whole),
  ]
  for (const [name, each] of given) {
    const feed = feeds.find(candidate => candidate.name === name)
    if (!feed)
      throw unknown(
        'feed',
        name,
        feeds.map(candidate => candidate.name),
      )
    const rows = expanded.get(name) ?? []
    expanded.set(name, rows)
    for (const copy of repeats(feed, each)) rows.push(spellOut(feed, copy, rows.length + 1, whole.day0))
  }
  return expanded
}

type Copy = { readonly row: WorldRow; readonly shift: number; readonly suffix: string }

const repeats = (feed: Feed, { repeat, every, ...plain }: WorldRow): Copy[] => {
  const known = feed.fields.map(field => field.name)
  const stray = Object.keys(plain).find(name => !known.includes(name))
  if (stray !== undefined) throw unknown(`field of ${feed.name}`, stray, known)
  if (repeat === undefined && every === undefined) return [{ row: plain, shift: 0, suffix: '' }]
  if (typeof repeat !== 'number' || typeof every !== 'string')
    throw new Error(`${feed.name}: write repeat as a number and every as a time such as 3h`)
  const step = secondsOf(every)
  return Array.from({ length: repeat }, (_, n) => ({ row: plain, shift: n * step, suffix: `-${n + 1}` }))
}

/** The field that alone is a row's key, such as billing.record_id. */
const ownKey = (feed: Feed): string | undefined =>
  feed.primaryKey.length === 1 && !['staff', 'people', 'staff_equality'].includes(feed.name)
    ? feed.primaryKey[0]
    : undefined

const spellOut = (feed: Feed, { row: plain, shift, suffix }: Copy, number: number, day0: string): LakeRow => {
  const key = ownKey(feed)
  const filled: WorldRow = { ...defaultsOf(feed.name, plain), ...plain }
  if (key !== undefined) {
    const given = plain[key]
    filled[key] = given == null ? `${feed.name}-${number}` : `${String(given)}${suffix}`
  }
  const missing = feed.fields.find(field => field.required && filled[field.name] == null)
  if (missing) throw new Error(`${feed.name}: a row lacks ${missing.name}: ${JSON.stringify(plain)}`)
  return Object.fromEntries(
    feed.fields.flatMap(field => {
      const value = filled[field.name]
      return value == null ? [] : [[field.name, valueOf(feed, field, value, shift, day0)] as const]
    }),
  )
}

const valueOf = (
  feed: Feed,
  field: FeedField,
  value: string | number | boolean,
  shift: number,
  day0: string,
): string | number | boolean => {
  const where = `${feed.name}.${field.name}`
  if (field.values && !field.values.includes(String(value)))
    throw unknown(`value of ${where}`, String(value), field.values)
  if (field.type === 'date' || field.type === 'datetime')
    return readMoment(String(value), { day0, shift, kind: field.type, where })
  return field.type === 'string' ? String(value) : value
}

const unknown = (what: string, name: string, candidates: readonly string[]): Error => {
  const nearest = nearestName(name, candidates)
  return new Error(
    `There is no ${what} "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
  )
}
