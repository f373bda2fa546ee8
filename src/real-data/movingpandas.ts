import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { RealDataCheck } from './check.ts'
import { comparisonRows } from './comparison-rows.ts'
import { compareStops, setPublicTrack, staysUnder, type PublicFix } from './peer-stops.ts'

const expectedFile = z.object({
  n_points: z.number(),
  runs: z.array(
    z.object({
      max_diameter_m: z.number(),
      min_duration_s: z.number(),
      n: z.number(),
      stops: z.array(z.object({ traj: z.string(), start: z.string(), end: z.string() })),
    }),
  ),
})

/** Five walks and rides in Beijing, with the stops that MovingPandas finds in them under six settings. */
export const movingPandasCheck: RealDataCheck = {
  dataSet: 'movingpandas',
  proves:
    'Stays agree with the stops of MovingPandas where its rule is sound, and every difference has a cause.',
  run: async ({ lake, folder }) => {
    const expected = expectedFile.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
    const fixes = readFixes(join(folder, 'demodata_geolife.csv'))
    await setPublicTrack(lake, fixes)
    const rows = [
      {
        name: 'fixes',
        expected: String(expected.n_points),
        got: String(fixes.length),
        ok: expected.n_points === fixes.length,
      },
    ]
    for (const run of expected.runs) {
      const rule = { radiusM: run.max_diameter_m / 2, minimumS: run.min_duration_s }
      const theirs = run.stops.map(stop => ({
        unit: stop.traj,
        from: seconds(stop.start),
        to: seconds(stop.end),
      }))
      const comparison = compareStops(fixes, rule, theirs, await staysUnder(lake, rule))
      rows.push(
        ...comparisonRows(`${run.max_diameter_m} m across, ${run.min_duration_s} s`, run.n, comparison),
      )
    }
    return rows
  },
}

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T').slice(0, 19)}Z`) / 1000

/** Columns X;Y;fid;id;sequence;trajectory_id;tracker;t. */
const readFixes = (file: string): PublicFix[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => {
      const [lon = '', lat = '', , , , unit = '', , moment = ''] = line.split(';')
      return { unit, at: seconds(moment), lat: Number(lat), lon: Number(lon) }
    })
