import { readNote, signedBy, strictBase64, type Note, type Verifier } from './note.ts'

/** What a checkpoint says: how many entries the log has, and the hash of its tree. */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly note: Note
}

/** Reads a checkpoint (C2SP tlog-checkpoint) without checking who signed it; undefined when it is not one. */
export const readCheckpoint = (text: string): Checkpoint | undefined => {
  const note = readNote(text)
  const [origin = '', count = '', encoded = '', ...extensions] = note?.text.split('\n') ?? []
  const root = strictBase64(encoded)
  const size = Number(count)
  if (note === undefined || origin === '' || root?.length !== 32) return undefined
  if (!/^(0|[1-9]\d*)$/.test(count) || !Number.isSafeInteger(size)) return undefined
  // The last is what stands after the final newline.
  return extensions.slice(0, -1).includes('') ? undefined : { origin, size, root, note }
}

/** A checkpoint that its log signed; a sentence where it is not. */
export const signedCheckpoint = (text: string, key: Verifier): Checkpoint | string => {
  const checkpoint = readCheckpoint(text)
  if (checkpoint === undefined) return 'is not a checkpoint'
  if (checkpoint.origin !== key.name) return `is of another log, ${checkpoint.origin}`
  return signedBy(checkpoint.note, key) === true ? checkpoint : 'is not signed by the log’s key'
}
