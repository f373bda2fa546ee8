/**
 * What a pattern needs in a message before it can match: one of a few plain strings. Plain strings are found in millions of
 * messages a second and cost nothing to prepare; the pattern itself is then asked only where one stands.
 */

/** What is known of a piece of a pattern. */
type Piece = {
  /** Every text the piece can be, where they are few; undefined where they are many. */
  readonly all: readonly string[] | undefined
  /** Texts one of which stands wherever the piece matches; undefined where none is needed. */
  readonly need: readonly string[] | undefined
}

/** Most texts a piece is spelled out into. */
const mostTexts = 100

/** Shortest text worth looking for; shorter ones stand in too many messages. */
const leastLetters = 3

/** What stands in every tenth message of a force tells nothing. */
const common = new Set([
  ...[
    'call me',
    'ring me',
    'text me',
    'message me',
    'phone me',
    'can you',
    'could you',
    'are you',
    'do you',
    'if you',
  ],
  ...'about after all and any are back been but can come could did does dont for from get got had has have her him his how into its just know let like look make may need not now off one only our out over ring said say see she should some take tell text than that the them then there they this time two was way were what when who will with would you your'.split(
    ' ',
  ),
])

const anything: Piece = { all: undefined, need: undefined }
const nothing: Piece = { all: [''], need: undefined }

/**
 * The strings of which a message must hold one for the pattern to match it; undefined where there are no telling ones, and the
 * pattern has to be looked for itself. Understands the subset of regular expressions that the lexicon allows.
 */
export const cueOf = (pattern: string): readonly string[] | undefined => {
  const { need, all } = readAlternatives({ source: pattern, at: 0 })
  const best = better(need, all)
  return best === undefined || weakest(best) < leastLetters ? undefined : withoutLonger(best)
}

/** Where the reader stands. */
type Reader = { readonly source: string; at: number }

const readAlternatives = (reader: Reader): Piece => {
  const pieces = [readSequence(reader)]
  while (reader.source[reader.at] === '|') {
    reader.at++
    pieces.push(readSequence(reader))
  }
  const needs = pieces.map(piece => better(piece.need, piece.all))
  return {
    all: few(
      pieces.every(piece => piece.all !== undefined) ? pieces.flatMap(piece => piece.all ?? []) : undefined,
    ),
    need: needs.every(need => need !== undefined) ? unique(needs.flat()) : undefined,
  }
}

/** Pieces that follow one another: texts are joined for as long as they stay few, then begun anew. */
const readSequence = (reader: Reader): Piece => {
  let run: readonly string[] = ['']
  let whole = true
  let need: readonly string[] | undefined
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    const piece = readItem(reader)
    const joined =
      piece.all === undefined
        ? undefined
        : few(run.flatMap(left => (piece.all ?? []).map(right => left + right)))
    if (joined === undefined) {
      need = better(better(need, run), piece.need)
      const ending = commonEnding(run)
      run = piece.all?.map(text => ending + text) ?? ['']
      whole = false
    } else run = joined
  }
  return { all: whole ? run : undefined, need: better(need, run) }
}

/** What every text ends with. */
const commonEnding = ([first = '', ...rest]: readonly string[]): string => {
  let ending = first
  while (!rest.every(text => text.endsWith(ending))) ending = ending.slice(1)
  return ending
}

const readItem = (reader: Reader): Piece => {
  const piece = readAtom(reader)
  const times = /^(?:\{(\d+)(?:,\d*)?\}|[*+?])\??/.exec(reader.source.slice(reader.at))
  if (times === null) return piece
  reader.at += times[0].length
  if (times[0].startsWith('?'))
    return { all: piece.all === undefined ? undefined : ['', ...piece.all], need: undefined }
  const least = times[0].startsWith('+') ? 1 : Number(times[1] ?? 0)
  if (least === 0) return anything
  const [only] = piece.all?.length === 1 ? piece.all : []
  return { all: undefined, need: only === undefined ? better(piece.need, piece.all) : [only.repeat(least)] }
}

const readAtom = (reader: Reader): Piece => {
  const { source } = reader
  const char = String.fromCodePoint(source.codePointAt(reader.at) ?? 0)
  reader.at += char.length
  if (char === '(') {
    reader.at += 2
    const inner = readAlternatives(reader)
    reader.at++
    return inner
  }
  if (char === '[') return readClass(reader)
  if (char === '^' || char === '$') return nothing
  if (char === '.') return anything
  if (char !== '\\') return { all: [char], need: undefined }
  const escaped = source[reader.at++] ?? ''
  if (/[bB]/.test(escaped)) return nothing
  return /\w/.test(escaped) ? anything : { all: [escaped], need: undefined }
}

const readClass = (reader: Reader): Piece => {
  const end = reader.source.indexOf(']', reader.at + 1)
  const inside = reader.source.slice(reader.at, end)
  reader.at = end + 1
  return /^\^|\\|.-./u.test(inside) ? anything : { all: few(Array.from(inside)), need: undefined }
}

/** Of two sets of needed strings the more telling: whose shortest is longer; of equals the smaller. */
const better = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined => {
  if (one === undefined || weakest(one) === 0)
    return other === undefined || weakest(other) === 0 ? undefined : other
  if (other === undefined) return one
  const difference = Math.min(weakest(other), 6) - Math.min(weakest(one), 6)
  return difference > 0 || (difference === 0 && other.length < one.length) ? other : one
}

/** Letters of the least telling text. */
const weakest = (texts: readonly string[]): number => Math.min(...texts.map(text => lettersOf(text.trim())))

const lettersOf = (text: string): number => (common.has(text) ? 1 : text.length)

const few = (texts: readonly string[] | undefined): readonly string[] | undefined =>
  texts === undefined || new Set(texts).size > mostTexts ? undefined : unique(texts)

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

/** A string that holds another of the set adds nothing. */
const withoutLonger = (texts: readonly string[]): string[] =>
  texts.filter(text => !texts.some(other => other !== text && text.includes(other)))
