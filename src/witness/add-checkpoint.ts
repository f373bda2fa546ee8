import type { Clock } from '../core/clock.ts'
import { readCheckpoint, type Checkpoint } from '../log-check/checkpoint.ts'
import { signedBy, strictBase64, type Verifier } from '../log-check/note.ts'
import { beginsWith } from '../log-check/tree.ts'
import { cosign, type WitnessKey } from './witness-key.ts'
import type { WitnessState } from './witness-state.ts'

/** What a witness works with. */
export type Witness = {
  readonly key: WitnessKey
  /** Keys of the logs it cosigns. */
  readonly logs: readonly Verifier[]
  readonly state: WitnessState
  readonly clock: Clock
}

/** An answer of C2SP tlog-witness. */
export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: string
  readonly body: string
}

const plain = 'text/plain; charset=utf-8'
const refuse = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({
  status,
  type: plain,
  body: `${body}\n`,
})

/**
 * Answers `add-checkpoint` (C2SP tlog-witness): cosigns a checkpoint of a known log that continues the last one cosigned.
 * Two requests at once are answered one after the other: what is checked and what is kept must be the same state.
 */
export const createAddCheckpoint = (witness: Witness): ((body: string) => Promise<WitnessAnswer>) => {
  let turn: Promise<unknown> = Promise.resolve()
  return body => {
    const answer = turn.then(() => addCheckpoint(witness, body))
    turn = answer.catch(() => undefined)
    return answer
  }
}

const addCheckpoint = async (witness: Witness, body: string): Promise<WitnessAnswer> => {
  const request = readRequest(body)
  if (request === undefined) return refuse(400, 'This is not an add-checkpoint request.')
  const { oldSize, path, text, checkpoint } = request
  const log = witness.logs.filter(({ name }) => name === checkpoint.origin)
  if (log.length === 0) return refuse(404, 'This witness does not know the log.')
  if (!log.some(key => signedBy(checkpoint.note, key) === true))
    return refuse(403, 'The log did not sign this.')
  if (oldSize > checkpoint.size) return refuse(400, 'The old size is larger than the new one.')
  const latest = witness.state.latest(checkpoint.origin)
  const known = latest ?? { size: 0, root: Buffer.alloc(0) }
  if (oldSize !== known.size) return { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` }
  const sameSize = known.size === checkpoint.size && latest !== undefined
  const holds = beginsWith(known, checkpoint, path)
  if (!holds) {
    // The path may be wrong by mistake; two hashes for one size never are.
    if (sameSize && path.length === 0) {
      await witness.state.keepEvidence(latest.whole, text)
      return refuse(409, 'The log signed another tree of this size before.')
    }
    return refuse(422, 'The proof does not show that this log continues the one cosigned before.')
  }
  await witness.state.keep(checkpoint.origin, text)
  return { status: 200, type: plain, body: cosign(witness.key, checkpoint.note.text, witness.clock.now()) }
}

type Request = {
  readonly oldSize: number
  readonly path: readonly Buffer[]
  readonly text: string
  readonly checkpoint: Checkpoint
}

/** Most lines of a proof: a tree of 2^63 entries needs no more. */
const longestPath = 63

const readRequest = (body: string): Request | undefined => {
  const end = body.indexOf('\n\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = body.slice(0, end).split('\n')
  const oldSize = Number(/^old (0|[1-9]\d{0,15})$/.exec(first)?.[1] ?? Number.NaN)
  const path = lines.map(strictBase64)
  const text = body.slice(end + 2)
  const checkpoint = readCheckpoint(text)
  if (!Number.isSafeInteger(oldSize) || lines.length > longestPath || checkpoint === undefined)
    return undefined
  const hashes = path.filter(hash => hash?.length === 32)
  return hashes.length === path.length ? { oldSize, path: hashes as Buffer[], text, checkpoint } : undefined
}
