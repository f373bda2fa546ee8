/** The bands a pair's score can reach, weakest first. */
export const bands = ['watch', 'review', 'develop', 'priority'] as const
export type Band = (typeof bands)[number]

/** A band, or `none` below watch. */
export type BandNow = Band | 'none'

/** Bands as numbers to compare: 0 for none, 4 for priority. */
export const bandRank = (band: BandNow): number => (band === 'none' ? 0 : bands.indexOf(band) + 1)
