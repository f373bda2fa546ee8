const quote = 0x22
const lineFeed = 0x0a

/** Walks CSV bytes chunk by chunk: tells where each record starts, on which line of the file. */
export type RecordScanner = {
  /** Calls `found` for every record that starts in the chunk: its place in the chunk and its line, from 1. */
  readonly scan: (chunk: Buffer, found: (offset: number, line: number) => void) => void
}

/** A scanner at the start of a file. A line end inside double quotes does not end a record. */
export const recordScanner = (): RecordScanner => {
  let line = 1
  let starts = true
  let quoted = false
  const scan: RecordScanner['scan'] = (chunk, found) => {
    const plain = !quoted && !chunk.includes(quote)
    let offset = 0
    while (offset < chunk.length) {
      if (starts) {
        found(offset, line)
        starts = false
      }
      if (plain) {
        const end = chunk.indexOf(lineFeed, offset)
        if (end < 0) return
        offset = end
      }
      const byte = chunk[offset]
      if (byte === quote) quoted = !quoted
      else if (byte === lineFeed) {
        line += 1
        starts = !quoted
      }
      offset += 1
    }
  }
  return { scan }
}

/** A CSV's bytes with its line put before each record and the header left out: `7,V1,2025-…`. */
export async function* numberedRecords(
  bytes: AsyncIterable<Buffer>,
  separator: string,
): AsyncGenerator<Buffer> {
  const scanner = recordScanner()
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
  wanted: ReadonlySet<number>,
): Promise<Map<number, number>> => {
  const scanner = recordScanner()
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
