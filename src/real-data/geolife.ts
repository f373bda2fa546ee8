import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { CheckRow, RealDataCheck } from './check.ts'
import { comparisonRows } from './comparison-rows.ts'
import { compareStops, setPublicTrack, staysUnder, type PublicFix } from './peer-stops.ts'

const expectedFile = z.object({
  n_points: z.number(),
  runs: z.array(
    z.object({
      minutes_for_a_stop: z.number(),
      spatial_radius_km: z.number(),
      n: z.number(),
      stops: z.array(z.object({ uid: z.number(), arrive: z.string(), leave: z.string() })),
    }),
  ),
})

/** Two people's tracks over months, with the stay locations that scikit-mobility finds in them under four settings. */
export const geolifeCheck: RealDataCheck = {
  dataSet: 'geolife-skmob',
  proves:
    'Stays agree with the stay locations of scikit-mobility where its rule is sound, and every difference has a cause.',
  run: async ({ lake, folder }) => {
    const expected = expectedFile.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
    const fixes = readFixes(join(folder, 'geolife_sample.txt.gz'))
    await setPublicTrack(lake, fixes)
    const rows: CheckRow[] = [
      {
        name: 'fixes',
        expected: String(expected.n_points),
        got: String(fixes.length),
        ok: expected.n_points === fixes.length,
      },
    ]
    for (const run of expected.runs) {
      const rule = { radiusM: run.spatial_radius_km * 1000, minimumS: run.minutes_for_a_stop * 60 }
      const theirs = run.stops.map(stop => ({
        unit: String(stop.uid),
        from: seconds(stop.arrive),
        to: seconds(stop.leave),
      }))
      const comparison = compareStops(fixes, rule, theirs, await staysUnder(lake, rule))
      rows.push(...comparisonRows(`${rule.radiusM} m, ${run.minutes_for_a_stop} min`, run.n, comparison))
    }
    return rows
  },
}

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000

/** Columns lat,lng,datetime,uid. */
const readFixes = (file: string): PublicFix[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => {
      const [lat = '', lon = '', moment = '', unit = ''] = line.split(',')
      return { unit: String(Number(unit)), at: seconds(moment), lat: Number(lat), lon: Number(lon) }
    })
