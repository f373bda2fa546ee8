import { countWords } from '../ui/words.ts'

/** Below this a figure of the whole force is not told: one pair more or less would show in it. */
const fewest = 100

/** A figure of the whole force, to two places: "about 1,200 findings", "fewer than 100 pairs", "no finding". */
export const aboutWords = (count: number, one: string): string => {
  if (count === 0) return `no ${one}`
  if (count < fewest) return `fewer than ${fewest} ${one}s`
  return `about ${countWords(Number(count.toPrecision(2)), one)}`
}
