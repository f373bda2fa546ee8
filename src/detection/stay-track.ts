import type { Lake } from '../lake/lake.ts'

/** A fix of a made-up track: seconds after the start, metres north and east of the origin. */
export type TrackFix = {
  readonly unit?: string
  readonly s: number
  readonly north?: number
  readonly east?: number
  readonly ignition?: boolean
}

/** 1 June 2025, 09:00 UTC: the moment at which made-up tracks start, in seconds since 1970. */
const trackStart = 1_748_768_400

const origin = { lat: 52.5, lon: -1.9 }
const metresToADegree = 111_195.08

/** Fixes every `every` seconds from `from` to `to`, standing at a place. */
export const stand = (from: number, to: number, place: Omit<TrackFix, 's'> = {}, every = 15): TrackFix[] =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => ({ ...place, s: from + i * every }))

/** Fixes every `every` seconds from `from` to `to`, going north at a speed in metres a second. */
export const drive = (
  from: number,
  to: number,
  { north = 0, speed = 12, ...rest }: Omit<TrackFix, 's'> & { readonly speed?: number } = {},
  every = 15,
): TrackFix[] =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => ({
    ...rest,
    s: from + i * every,
    north: north + i * every * speed,
  }))

/** Replaces every position and unit in the lake by these. */
export const setTracks = async (
  lake: Lake,
  fixes: readonly TrackFix[],
  kinds: Readonly<Record<string, string>> = { V1: 'vehicle' },
): Promise<void> => {
  await lake.run('truncate table upstander.positions')
  await lake.run('truncate table upstander.units')
  await lake.insert(
    'upstander.units',
    Object.entries(kinds).map(([unit_id, kind]) => ({ unit_id, kind, batch_id: 1 })),
  )
  await addFixes(lake, fixes)
}

/** Adds fixes to those already in the lake. */
export const addFixes = (lake: Lake, fixes: readonly TrackFix[]): Promise<void> =>
  lake.insert(
    'upstander.positions',
    fixes.map(({ unit = 'V1', s, north = 0, east = 0, ignition }) => ({
      unit_id: unit,
      at: trackStart + s,
      lat: origin.lat + north / metresToADegree,
      lon: origin.lon + east / metresToADegree / Math.cos((origin.lat * Math.PI) / 180),
      ignition: ignition ?? null,
      batch_id: 1,
    })),
  )

/** Seconds after the track's start of a moment the lake gives. */
export const sinceStart = (moment: string): number =>
  Date.parse(`${moment}Z`.replace(' ', 'T')) / 1000 - trackStart
