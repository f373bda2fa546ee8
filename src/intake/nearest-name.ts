/** The candidate that takes the fewest changed letters to reach, or undefined where none is close. */
export const nearestName = (name: string, candidates: readonly string[]): string | undefined => {
  const plain = simplify(name)
  const ranked = candidates
    .map(candidate => ({ candidate, distance: distanceOf(plain, simplify(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(2, Math.floor(plain.length / 3)) ? best.candidate : undefined
}

/** Case, spaces and punctuation never make a name a different one. */
const simplify = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** One name that starts the other, as lat starts latitude, is as near as one letter. */
const distanceOf = (plain: string, candidate: string): number => {
  const [short, long] = plain.length < candidate.length ? [plain, candidate] : [candidate, plain]
  return short.length >= 3 && short !== long && long.startsWith(short) ? 1 : letters(plain, candidate)
}

/** Levenshtein distance: single letters put in, left out or changed. */
const letters = (from: string, to: string): number => {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [row, letter] of from.split('').entries()) {
    const current = [row + 1]
    for (const [column, other] of to.split('').entries()) {
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (above[column + 1] ?? 0) + 1,
          (above[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      )
    }
    above = current
  }
  return above[to.length] ?? 0
}
