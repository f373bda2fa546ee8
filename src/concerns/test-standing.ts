import { bandRank, bands, type BandNow } from '../core/bands.ts'
import type { Standing } from './standing.ts'

const floors = { none: 5, watch: 14, review: 18, develop: 25, priority: 31 } as const

/** A standing with plausible values; tests say only what matters to them. Its evidence decides its fingerprint. */
export const standingOf = (
  about: Partial<Standing> & { readonly band: BandNow; readonly evidence: readonly string[] },
): Standing => {
  const points = about.points ?? floors[about.band]
  const sentence = `Looked up ${about.evidence.length} times without a recorded purpose.`
  return {
    staffId: 'S1',
    personId: 'P1',
    points,
    onDay: '2026-05-19',
    reachedOn: Object.fromEntries(
      bands.map(band => [band, bandRank(band) <= bandRank(about.band) ? '2026-05-19' : null]),
    ) as Standing['reachedOn'],
    bonus: 0,
    account: sentence,
    fingerprint: about.evidence.toSorted().join(),
    parts: [
      {
        family: 'F3',
        familyName: 'Look-ups',
        points,
        raw: points,
        credit: 0,
        indicators: [
          {
            id: 'unexplained-look-up',
            version: 1,
            title: 'Look-up without a purpose',
            points,
            sentence,
            evidence: about.evidence,
            lastOn: '2026-05-19',
          },
        ],
        credits: [],
      },
    ],
    ...about,
  }
}
