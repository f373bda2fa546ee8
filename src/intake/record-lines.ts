const quote = 0x22
const lineFeed = 0x0a

/** Walks CSV bytes chunk by chunk: tells where each record starts, on which line of the file. */
export type RecordScanner = {
  /** Calls `found` for every record that starts in the chunk: its place in the chunk and its line, from 1. */
  readonly scan: (chunk: Buffer, found: (offset: number, line: number) => void) => void
  /** Line of the double quote that is open now; undefined when none is. At the end of a file: one that never closes. */
  readonly openQuote: () => number | undefined
}

/**
 * A scanner at the start of a file. A quote opens a value only where the value starts; a line end inside a quoted value
 * does not end the record.
 */
const recordScanner = (separator: string): RecordScanner => {
  const between = separator.charCodeAt(0)
  let line = 1
  let recordStarts = true
  let valueStarts = true
  let quoted = false
  let openedOn = 0
  const scan: RecordScanner['scan'] = (chunk, found) => {
    const plain = !quoted && !chunk.includes(quote)
    let offset = 0
    while (offset < chunk.length) {
      if (recordStarts) {
        found(offset, line)
        recordStarts = false
        valueStarts = true
      }
      if (plain) {
        const end = chunk.indexOf(lineFeed, offset)
        if (end < 0) {
          valueStarts = chunk[chunk.length - 1] === between
          return
        }
        offset = end
      }
      const byte = chunk[offset]
      if (byte === quote) {
        // A quote doubled inside a value closes it and opens it again at once, which comes to the same.
        if (quoted) {
          quoted = false
          valueStarts = true
        } else if (valueStarts) {
          quoted = true
          openedOn = line
        }
      } else if (byte === lineFeed) {
        line += 1
        recordStarts = !quoted
      } else if (!quoted) valueStarts = byte === between
      offset += 1
    }
  }
  return { scan, openQuote: () => (quoted ? openedOn : undefined) }
}

/** A CSV's bytes with its line put before each record and the header left out: `7,V1,2025-…`. */
export async function* numberedRecords(
  bytes: AsyncIterable<Buffer>,
  separator: string,
): AsyncGenerator<Buffer> {
  const scanner = recordScanner(separator)
  const seen = { body: false }
  for await (const chunk of bytes) {
    const parts: Buffer[] = []
    let from = 0
    scanner.scan(chunk, (offset, line) => {
      if (seen.body) parts.push(chunk.subarray(from, offset))
      seen.body ||= line > 1
      from = offset
      if (seen.body) parts.push(Buffer.from(`${line}${separator}`))
    })
    if (seen.body) parts.push(chunk.subarray(from))
    yield Buffer.concat(parts)
  }
}

/** The line on which each of the wanted records starts. Records count from 1, the header's. */
export const linesOfRecords = async (
  bytes: AsyncIterable<Buffer>,
  separator: string,
  wanted: ReadonlySet<number>,
): Promise<Map<number, number>> => {
  const scanner = recordScanner(separator)
  const lines = new Map<number, number>()
  let record = 0
  for await (const chunk of bytes) {
    scanner.scan(chunk, (_, line) => {
      record += 1
      if (wanted.has(record)) lines.set(record, line)
    })
    if (lines.size === wanted.size) break
  }
  return lines
}

/** Line of a double quote that opens a value and never closes; undefined when every one does. */
export const unclosedQuote = async (
  bytes: AsyncIterable<Buffer>,
  separator: string,
): Promise<number | undefined> => {
  const scanner = recordScanner(separator)
  for await (const chunk of bytes) scanner.scan(chunk, () => undefined)
  return scanner.openQuote()
}

/** CSV bytes with one separator in place of another. Inside quoted values it stays. Both are single bytes. */
export async function* replaceSeparator(
  bytes: AsyncIterable<Buffer>,
  from: string,
  to: string,
): AsyncGenerator<Buffer> {
  let quoted = false
  for await (const chunk of bytes) {
    const changed = Buffer.from(chunk)
    for (const [offset, byte] of chunk.entries()) {
      if (byte === quote) quoted = !quoted
      else if (!quoted && byte === from.charCodeAt(0)) changed[offset] = to.charCodeAt(0)
    }
    yield changed
  }
}
