import { signedCheckpoint } from './checkpoint.ts'
import { commitment, saltKey } from './commitment.ts'
import { cosignatureTime, readNote, strictBase64, type Verifier } from './note.ts'
import { includes, leafHash } from './tree.ts'

/** An entry as a proof discloses it: what the tree holds, and what opens its salted hashes. */
export type DisclosedEntry = {
  readonly leaf: string
  readonly salt: string
  readonly who: string
  readonly subject: string
  readonly why: string
  readonly from: string
}

/** What a proof was found to show. */
export type ProofCheck =
  | {
      readonly outcome: 'proved'
      /** 1 for the first entry of the log. */
      readonly entry: number
      /** Number of entries the log had when the checkpoint was signed. */
      readonly size: number
      readonly disclosed: DisclosedEntry
      /** Witnesses that cosigned, and when. */
      readonly witnesses: readonly { readonly name: string; readonly at: Date }[]
    }
  | { readonly outcome: 'not-proved'; readonly says: string }

const head = 'c2sp.org/tlog-proof@v1'

/** The text of a proof file (C2SP tlog-proof), with what opens the entry as its extra data. */
export const writeProof = (
  disclosed: DisclosedEntry,
  index: number,
  path: readonly Uint8Array[],
  checkpoint: string,
): string =>
  [
    head,
    `extra ${Buffer.from(JSON.stringify(disclosed)).toString('base64')}`,
    `index ${index}`,
    ...path.map(hash => Buffer.from(hash).toString('base64')),
    '',
    checkpoint,
  ].join('\n')

/** Checks a proof file against the log's key: that the entry it discloses is in the log, word for word. Needs nothing else. */
export const checkProof = (text: string, log: Verifier, witnesses: readonly Verifier[] = []): ProofCheck => {
  const refuse = (says: string): ProofCheck => ({ outcome: 'not-proved', says })
  const end = text.indexOf('\n\n')
  const [first, extra = '', indexLine = '', ...hashes] = text.slice(0, end).split('\n')
  const checkpointText = text.slice(end + 2)
  const checkpoint = signedCheckpoint(checkpointText, log)
  if (end < 0 || first !== head) return refuse('This is not a proof file.')
  if (typeof checkpoint === 'string') return refuse(`The checkpoint of the proof ${checkpoint}.`)
  const disclosed = readDisclosed(/^extra (\S+)$/.exec(extra)?.[1])
  const index = Number(/^index (0|[1-9]\d*)$/.exec(indexLine)?.[1] ?? Number.NaN)
  const path = hashes.map(strictBase64)
  if (disclosed === undefined || !Number.isSafeInteger(index) || !path.every(hash => hash?.length === 32))
    return refuse('The proof is not well formed.')
  if (
    !includes(
      checkpoint.root,
      checkpoint.size,
      index,
      leafHash(Buffer.from(disclosed.leaf)),
      path as Buffer[],
    )
  )
    return refuse('The entry is not in the log at this place.')
  const changed = changedColumn(disclosed)
  if (changed !== undefined) return refuse(`What the proof discloses was changed: its ${changed}.`)
  const cosigned = witnesses.flatMap(witness =>
    (readNote(checkpointText)?.signatures ?? [])
      .filter(({ name, id }) => name === witness.name && id === witness.id)
      .flatMap(({ signature }) => {
        const at = cosignatureTime(checkpoint.note.text, witness, signature)
        return at === undefined ? [] : [{ name: witness.name, at: new Date(at * 1_000) }]
      }),
  )
  return { outcome: 'proved', entry: index + 1, size: checkpoint.size, disclosed, witnesses: cosigned }
}

const columns = ['who', 'subject', 'why', 'from'] as const

/** The column whose text does not open its salted hash. An anonymous entry opens none, and discloses none. */
const changedColumn = (disclosed: DisclosedEntry): string | undefined => {
  const sealed = JSON.parse(disclosed.leaf) as Readonly<Record<string, unknown>>
  if (disclosed.salt === '') return columns.find(column => disclosed[column] !== '')
  const salt = saltKey(disclosed.salt)
  return columns.find(column => sealed[column] !== commitment(salt, column, disclosed[column]))
}

const readDisclosed = (encoded: string | undefined): DisclosedEntry | undefined => {
  const bytes = strictBase64(encoded ?? '')
  if (bytes === undefined) return undefined
  try {
    const found = JSON.parse(bytes.toString('utf8')) as Partial<Record<string, unknown>>
    const texts = ['leaf', 'salt', ...columns].map(name => found[name])
    return texts.every(text => typeof text === 'string') ? (found as DisclosedEntry) : undefined
  } catch {
    return undefined
  }
}
