import { createPublicKey, hash, verify } from 'node:crypto'

/** A key that signatures are checked with: a log's (type 1) or a witness's (type 4), from its line `name+id+key`. */
export type Verifier = {
  readonly name: string
  /** Eight hex digits. */
  readonly id: string
  readonly type: 'log' | 'witness'
  readonly publicKey: Buffer
}

/** One signature line of a note. */
export type NoteSignature = { readonly name: string; readonly id: string; readonly signature: Buffer }

export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

const types: Readonly<Record<number, Verifier['type']>> = { 1: 'log', 4: 'witness' }

/** Reads a verifier key; undefined when it is not one, or its id is not that of its key. */
export const readVerifier = (line: string): Verifier | undefined => {
  const [, name = '', id = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(line.trim()) ?? []
  const bytes = strictBase64(encoded)
  const type = types[bytes?.[0] ?? 0]
  if (bytes?.length !== 33 || type === undefined) return undefined
  const own = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').toString('hex', 0, 4)
  return own === id ? { name, id, type, publicKey: bytes.subarray(1) } : undefined
}

/** Most signature lines of a note, against floods. C2SP signed-note asks for 16 at least. */
const mostSignatures = 100

/** Takes a note apart (C2SP signed-note); undefined when it is not well formed. */
export const readNote = (note: string): Note | undefined => {
  if (!note.isWellFormed() || /(?!\n)\p{Cc}/u.test(note) || !note.endsWith('\n')) return undefined
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return undefined
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) return undefined
  const signatures = lines.map(readSignature)
  return signatures.every(each => each !== undefined)
    ? { text: note.slice(0, end + 1), signatures }
    : undefined
}

/** Reads one signature line, without its newline. */
export const readSignature = (line: string): NoteSignature | undefined => {
  const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? []
  const bytes = strictBase64(encoded)
  return name === '' || bytes === undefined || bytes.length < 5
    ? undefined
    : { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

/** Bytes of standard base64 that is spelled the one way it can be; undefined for anything else. */
export const strictBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Whether a key has signed a note: undefined where the note has no signature of it, false where that does not hold. */
export const signedBy = ({ text, signatures }: Note, key: Verifier): boolean | undefined => {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id)
  if (own.length === 0) return undefined
  return own.every(({ signature }) =>
    key.type === 'log' ? holds(key, text, signature) : cosignatureTime(text, key, signature) !== undefined,
  )
}

/** When a witness cosigned a checkpoint (C2SP tlog-cosignature), in seconds since 1970; undefined when it did not. */
export const cosignatureTime = (text: string, key: Verifier, signature: Buffer): number | undefined => {
  if (signature.length !== 72) return undefined
  const time = signature.readBigUInt64BE(0)
  return time < 2n ** 53n && holds(key, `cosignature/v1\ntime ${time}\n${text}`, signature.subarray(8))
    ? Number(time)
    : undefined
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

const holds = ({ publicKey }: Verifier, text: string, signature: Buffer): boolean => {
  const key = createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' })
  return signature.length === 64 && verify(null, Buffer.from(text), key, signature)
}
