import { createHash, sign, type KeyObject } from 'node:crypto'

/** What signs the log: a name that all keys of one log share, and an Ed25519 key. */
export type NoteKey = {
  readonly name: string
  readonly privateKey: KeyObject
  /** 32 bytes, as RFC 8032 writes it. */
  readonly publicKey: Uint8Array
}

const ed25519 = 1

/** Four bytes that tell keys of one name apart (C2SP signed-note). */
const keyId = ({ name, publicKey }: Omit<NoteKey, 'privateKey'>): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ed25519]))
    .update(publicKey)
    .digest()
    .subarray(0, 4)

/** A text that ends in a newline, with its signature below it (C2SP signed-note). */
export const signNote = (key: NoteKey, text: string): string => {
  const signature = sign(null, Buffer.from(text), key.privateKey)
  return `${text}\n— ${key.name} ${Buffer.concat([keyId(key), signature]).toString('base64')}\n`
}

/** The line that anyone needs to check the log's signatures: name, id and public key. It is no secret. */
export const verifierKey = (key: Omit<NoteKey, 'privateKey'>): string =>
  `${key.name}+${keyId(key).toString('hex')}+${Buffer.concat([Buffer.from([ed25519]), key.publicKey]).toString('base64')}`
