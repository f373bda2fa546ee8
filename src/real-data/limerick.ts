import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runStayRule, type Stay } from '../detection/stay-rule.ts'
import type { Lake } from '../lake/lake.ts'
import type { CheckRow, RealDataCheck } from './check.ts'
import { comparisonRows } from './comparison-rows.ts'
import { metresApart } from './enclosing-circle.ts'
import { compareStops, setPublicTrack, staysUnder, type PublicFix } from './peer-stops.ts'

const expectedFile = z.object({
  n_fixes: z.number(),
  near_address: z.array(
    z.object({
      stop_no: z.string(),
      name: z.string(),
      min_distance_m: z.number(),
      fixes_within_30m: z.number(),
      first_within_30m: z.string(),
      last_within_30m: z.string(),
    }),
  ),
  movingpandas_runs: z.array(
    z.object({
      max_diameter_m: z.number(),
      min_duration_s: z.number(),
      n: z.number(),
      stops: z.array(z.object({ start: z.string(), end: z.string() })),
    }),
  ),
})

type PeerRun = z.output<typeof expectedFile>['movingpandas_runs'][number]
type BusStop = { readonly stop_no: string; readonly name: string; readonly lat: number; readonly lon: number }
type Pass = { readonly metres: number; readonly fixes: number; readonly first: string; readonly last: string }

/** A bus on a route with known stops: what passing an address looks like, and what standing at one does. */
export const limerickCheck: RealDataCheck = {
  dataSet: 'limerick-bus-304',
  proves: 'A bus passes within 30 m of all 36 of its stops, and only where it stood is there a stay or halt.',
  run: async ({ lake, folder }) => {
    const expected = expectedFile.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
    const fixes = readFixes(join(folder, 'track.csv'))
    const busStops = readBusStops(join(folder, 'stops.csv'))
    await setPublicTrack(lake, fixes)
    const stays = await runStayRule(lake)
    const brief = await runStayRule(lake, { stay_radius_m: 30, stay_minutes: 0.5, halt_minutes: 0.5 })
    const passes: Pass[] = []
    for (const stop of busStops) passes.push(await passBy(lake, stop))
    const near = passes.filter(pass => pass.metres <= 30)
    return [
      same('fixes', String(expected.n_fixes), String(fixes.length)),
      same('bus stops passed within 30 m', '36', String(near.length)),
      ...expected.near_address.map(known => {
        const at = busStops.findIndex(stop => stop.stop_no === known.stop_no)
        const pass = passes[at]
        return same(
          `passing ${known.name}`,
          wordsOf({
            metres: known.min_distance_m,
            fixes: known.fixes_within_30m,
            first: known.first_within_30m,
            last: known.last_within_30m,
          }),
          pass ? wordsOf(pass) : 'no such bus stop',
        )
      }),
      {
        name: 'stays of eight minutes in 60 m',
        expected: '0: the bus never stood that long',
        got: String(stays.filter(stay => stay.level === 'stay').length),
        ok: stays.every(stay => stay.level === 'halt'),
      },
      {
        name: 'halts of two minutes in 60 m',
        expected: 'where the bus stood',
        got: listed(stays, busStops),
        ok: stays.length > 0,
      },
      ...standingRows(brief, busStops),
      ...(await peerRows(lake, fixes, expected.movingpandas_runs)),
    ]
  },
}

const same = (name: string, expected: string, got: string): CheckRow => ({
  name,
  expected,
  got,
  ok: expected === got,
})

const wordsOf = ({ metres, fixes, first, last }: Pass): string =>
  `nearest ${metres.toFixed(1)} m, ${fixes} fixes within 30 m from ${first} to ${last}`

/** How the track passes a place, on the sphere of radius 6,371 km that the known answers use. */
const passBy = async (lake: Lake, { lat, lon }: BusStop): Promise<Pass> => {
  const [pass] = await lake.rows<Pass>(
    `with 2 * 6371000 * asin(sqrt(
         pow(sin(radians(lat - {lat:Float64}) / 2), 2)
         + cos(radians({lat:Float64})) * cos(radians(lat)) * pow(sin(radians(lon - {lon:Float64}) / 2), 2)
       )) as away
     select
       min(away) as metres,
       countIf(away <= 30) as fixes,
       formatDateTime(minIf(at, away <= 30), '%Y-%m-%dT%H:%i:%SZ') as first,
       formatDateTime(maxIf(at, away <= 30), '%Y-%m-%dT%H:%i:%SZ') as last
     from upstander.positions`,
    { lat, lon },
  )
  return pass ?? { metres: Infinity, fixes: 0, first: '', last: '' }
}

/** Where a bus stood, by the bus stop it stood beside. */
const listed = (stays: readonly Stay[], busStops: readonly BusStop[]): string =>
  stays
    .map(stay => {
      const beside = nearestStop(stay, busStops)
      return `${stay.start_at.slice(11)} to ${stay.end_at.slice(11)} ${Math.round(beside.metres)} m from ${beside.name}`
    })
    .join('; ')

const nearestStop = (stay: Stay, busStops: readonly BusStop[]): { name: string; metres: number } =>
  busStops
    .map(stop => ({ name: stop.name, metres: metresApart(stop, stay) }))
    .reduce((best, each) => (each.metres < best.metres ? each : best), { name: '', metres: Infinity })

/** Half a minute within 30 m: how many of those are at a bus stop, and at how many different ones. */
const standingRows = (stays: readonly Stay[], busStops: readonly BusStop[]): CheckRow[] => {
  const beside = stays.map(stay => nearestStop(stay, busStops)).filter(({ metres }) => metres <= 40)
  return [
    {
      name: 'half a minute within 30 m',
      expected: 'at bus stops and in traffic',
      got: `${String(stays.length)}, of which ${String(beside.length)} within 40 m of ${String(new Set(beside.map(({ name }) => name)).size)} bus stops`,
      ok: beside.length > 0,
    },
  ]
}

/** Our stays against the stops that MovingPandas finds on the same journey. */
const peerRows = async (
  lake: Lake,
  fixes: readonly PublicFix[],
  runs: readonly PeerRun[],
): Promise<CheckRow[]> => {
  const rows: CheckRow[] = []
  for (const run of runs) {
    const rule = { radiusM: run.max_diameter_m / 2, minimumS: run.min_duration_s }
    const theirs = run.stops.map(stop => ({ unit: 'bus', from: seconds(stop.start), to: seconds(stop.end) }))
    const comparison = compareStops(fixes, rule, theirs, await staysUnder(lake, rule))
    rows.push(
      ...comparisonRows(
        `MovingPandas, ${run.max_diameter_m} m across, ${run.min_duration_s} s`,
        run.n,
        comparison,
      ),
    )
  }
  return rows
}

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000

/** Columns lat,lon,time. */
const readFixes = (file: string): PublicFix[] =>
  lines(file).map(line => {
    const [lat = '', lon = '', moment = ''] = line.split(',')
    return { unit: 'bus', at: Date.parse(moment) / 1000, lat: Number(lat), lon: Number(lon) }
  })

/** Columns stop_id,stop_name,stop_no,lat,lon. */
const readBusStops = (file: string): BusStop[] =>
  lines(file).map(line => {
    const [, name = '', stop_no = '', lat = '', lon = ''] = line.split(',')
    return { stop_no, name, lat: Number(lat), lon: Number(lon) }
  })

const lines = (file: string): string[] => readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1)
