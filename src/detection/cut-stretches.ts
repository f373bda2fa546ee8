/** A stretch of a message: the family whose words were found there, or nothing in particular. */
export type Stretch = { readonly text: string; readonly family: string | undefined }

/** Where words of a family were found; places count code points. */
export type Find = readonly [start: number, length: number, family: string]

/** Cuts a text where words were found; where two finds overlap the first keeps its place. */
export const cutStretches = (text: string, found: readonly Find[]): Stretch[] => {
  const letters = Array.from(text)
  const cut = (from: number, to: number): string => letters.slice(from, to).join('')
  const stretches: Stretch[] = []
  let at = 0
  for (const [start, length, family] of found.toSorted((a, b) => a[0] - b[0])) {
    if (start < at) continue
    const end = start + length
    const from = wholeWord(letters, start, end)
    if (from > at) stretches.push({ text: cut(at, from), family: undefined })
    stretches.push({ text: cut(from, end), family })
    at = end
  }
  if (at < letters.length) stretches.push({ text: cut(at, letters.length), family: undefined })
  return stretches
}

/**
 * Some patterns must see what stands before their words, and so begin with the last letter of the word before: those words begin
 * at the next. Where there is no next, as in "carexx", the find is a part of one word and stays.
 */
const wholeWord = (letters: readonly string[], start: number, end: number): number => {
  const inWord = (place: number) => /[\p{L}\p{N}]/u.test(letters[place] ?? ' ')
  if (!inWord(start - 1) || !inWord(start)) return start
  let next = start
  while (next < end && inWord(next)) next += 1
  while (next < end && /\s/.test(letters[next] ?? '')) next += 1
  return next < end ? next : start
}
