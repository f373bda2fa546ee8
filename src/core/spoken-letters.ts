/** Letters and digits that no one confuses on paper or over a telephone: no 0 and O, 1 I and L, 5 and S, 8 and B, U and V. */
export const spokenLetters = '234679ACDEFGHJKMNPQRTWXY'

/** As many spoken letters as asked for, drawn from bytes; each letter takes two bytes, so that all are equally likely within 0.04 %. */
export const spokenWord = (bytes: Uint8Array, length: number): string => {
  if (bytes.length < length * 2) throw new RangeError(`${length} letters need ${length * 2} bytes`)
  return Array.from({ length }, (_, at) => {
    const number = ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)
    return spokenLetters[number % spokenLetters.length]
  }).join('')
}
