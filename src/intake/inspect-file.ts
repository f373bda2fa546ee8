import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { AppError, messageOf } from '../core/errors.ts'
import type { SourceFile } from './find-files.ts'

/** What one pass over a file's bytes tells before any of it is read as rows. */
export type Inspection = {
  /** Of the bytes as supplied, in hexadecimal: the same file is known again by it. */
  readonly sha256: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'windows-1252'
  readonly byteOrderMark: boolean
  readonly windowsLineEnds: boolean
  /** Text of the first lines, decoded, without a byte-order mark. */
  readonly head: string
  /** Whether any value is quoted, and so may span lines. */
  readonly quoted: boolean
  /** An odd number of double quotes: one of them may never close. */
  readonly oddQuotes: boolean
}

/** Bytes of the head kept to find the header row. */
const headBytes = 65_536

/**
 * Reads a file from end to end once: content hash, compression intact, encoding, first lines.
 * @param seen called with the bytes read so far, for progress
 * @throws AppError FILE_REFUSED when it is empty, its compression is broken, or it is not text
 */
export const inspectFile = async (
  file: SourceFile,
  seen: (bytes: number) => void = () => undefined,
): Promise<Inspection> => {
  if (file.bytes === 0) {
    throw refused(file, 'is empty: there is not even a header row. Supply it again, or leave it out')
  }
  const hash = createHash('sha256')
  let bytes = 0
  const raw = createReadStream(file.path, { highWaterMark: 1 << 20 })
  raw.on('data', chunk => {
    hash.update(chunk)
    bytes += chunk.length
    seen(bytes)
  })
  const text = file.kind === 'csv' ? decompressed(file, raw) : raw
  const text16 = { start: false }
  let head = Buffer.alloc(0)
  let utf8 = true
  let zero = false
  let quotes = 0
  let carry = Buffer.alloc(0)
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
      if (file.kind === 'parquet') continue
      text16.start ||= head[0] === 0xff && head[1] === 0xfe
      if (text16.start) continue
      for (let at = chunk.indexOf(0x22); at >= 0; at = chunk.indexOf(0x22, at + 1)) quotes += 1
      zero ||= chunk.includes(0)
      if (utf8) {
        const joined = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk
        const whole = wholeCharacters(joined)
        utf8 = isUtf8(joined.subarray(0, whole))
        carry = Buffer.from(joined.subarray(whole))
      }
    }
  } catch (cause) {
    throw refused(
      file,
      `cannot be unpacked (${messageOf(cause)}): it was cut short or damaged on the way. None of it was taken in. Supply it again`,
      cause,
    )
  }
  if (zero) throw refused(file, 'is not text: it holds zero bytes. Save it as CSV in UTF-8')
  const encoding = text16.start ? 'utf-16le' : utf8 && carry.length === 0 ? 'utf-8' : 'windows-1252'
  const decoded = file.kind === 'csv' ? new TextDecoder(encoding, { ignoreBOM: true }).decode(head) : ''
  if (decoded.includes('\r') && !decoded.includes('\n')) {
    throw refused(file, 'ends its lines with carriage returns alone. Save it as CSV with ordinary line ends')
  }
  return {
    sha256: hash.digest('hex'),
    encoding,
    byteOrderMark: decoded.startsWith('\uFEFF'),
    windowsLineEnds: decoded.includes('\r\n'),
    head: decoded.replace(/^\uFEFF/, ''),
    quoted: quotes > 0 || text16.start,
    oddQuotes: quotes % 2 === 1 || text16.start,
  }
}

/** The bytes of a file with its compression taken off. Breaks with an error where the compression does. */
export const decompressed = (file: Pick<SourceFile, 'compression'>, raw: Readable): Readable => {
  if (file.compression === 'none') return raw
  const unpack =
    file.compression === 'gzip'
      ? createGunzip({ chunkSize: 1 << 18 })
      : createZstdDecompress({ chunkSize: 1 << 18 })
  raw.on('error', error => unpack.destroy(error))
  return raw.pipe(unpack)
}

/** A file of which nothing is taken in, with the sentence that says why. */
export const refused = (file: Pick<SourceFile, 'name'>, why: string, cause?: unknown): AppError =>
  new AppError('FILE_REFUSED', `${file.name} ${why}.`, { cause })

/** Where the last character that is all there ends: a chunk may cut a character of several bytes in two. */
const wholeCharacters = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
