import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'
import { makeFolders, syncFolders, writeDurably } from '../core/write-durably.ts'
import { readCheckpoint } from '../log-check/checkpoint.ts'
import { cosignatureTime, readSignature, type Verifier } from '../log-check/note.ts'
import { consistencyPath, hashReader } from '../sealed-log/proofs.ts'
import { keptPath, type SealedLog } from '../sealed-log/sealed-log.ts'

/** A witness that the log is shown to. */
export type WitnessAt = {
  /** Where `add-checkpoint` stands below. */
  readonly url: string
  readonly key: Verifier
}

/** What became of asking. */
export type WitnessOutcome =
  | { readonly outcome: 'cosigned'; readonly size: number; readonly at: Date }
  /** It was not reached or did not answer as a witness does: to be asked again. */
  | { readonly outcome: 'away'; readonly why: string }

/** Milliseconds to wait for a witness. */
const patience = 10_000

/**
 * Shows the newest checkpoint to a witness and keeps its cosignature beside the log.
 * @throws AppError LOG_CHANGED when the witness has cosigned more entries than the log has, or others: it was put back or written anew
 */
export const askWitness = async (log: SealedLog, { url, key }: WitnessAt): Promise<WitnessOutcome> => {
  const checkpoint = log.checkpoint()
  const size = log.size()
  const read = hashReader(log.folder, size)
  const ask = (old: number): Promise<Reply> => {
    const path = consistencyPath(read, old, size).map(hash => `${Buffer.from(hash).toString('base64')}\n`)
    return post(url, `old ${old}\n${path.join('')}\n${checkpoint}`)
  }
  try {
    let reply = await ask(rememberedSize(log, key))
    if (reply.status === 409 && reply.type === 'text/x.tlog.size') {
      const seen = Number(reply.body.trim())
      if (!Number.isSafeInteger(seen) || seen < 0)
        return { outcome: 'away', why: 'It answered with a size that is none.' }
      if (seen > size) throw rolledBack(key.name, seen, size)
      reply = await ask(seen)
    }
    if (reply.status === 409 || reply.status === 422)
      throw new AppError(
        'LOG_CHANGED',
        `The witness ${key.name} cosigned other entries of this log than it has now: it was written anew. Keep the data folder as it is and tell the auditor.`,
      )
    if (reply.status !== 200)
      return { outcome: 'away', why: `It answered ${reply.status}: ${reply.body.trim().slice(0, 200)}` }
    return await keepCosignature(log, { checkpoint, size, key, lines: reply.body })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    return { outcome: 'away', why: cause instanceof Error ? cause.message : String(cause) }
  }
}

const rolledBack = (name: string, seen: number, size: number): AppError =>
  new AppError(
    'LOG_CHANGED',
    `The witness ${name} has cosigned ${seen} entries of this log, and its files end at ${size}: the data folder was put back from an older copy. ` +
      'Put back the newest copy; where there is none, run "upstander audit new-key" to go on as a new log, with the gap on record.',
  )

type Reply = { readonly status: number; readonly type: string; readonly body: string }

const post = async (url: string, body: string): Promise<Reply> => {
  const reply = await fetch(new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    body: (await reply.text()).slice(0, 20_000),
  }
}

type Cosigned = {
  readonly checkpoint: string
  readonly size: number
  readonly key: Verifier
  /** Signature lines, as the witness answered. */
  readonly lines: string
}

/** Keeps the checkpoint with the witness's line below it, where the check of the log finds it. */
const keepCosignature = async (
  log: SealedLog,
  { checkpoint, size, key, lines }: Cosigned,
): Promise<WitnessOutcome> => {
  const text = readCheckpoint(checkpoint)?.note.text ?? ''
  for (const line of lines.split('\n')) {
    const found = readSignature(line)
    if (found?.name !== key.name || found.id !== key.id) continue
    const seconds = cosignatureTime(text, key, found.signature)
    if (seconds === undefined) continue
    const file = join(log.folder, keptPath(size))
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : checkpoint
    await write(file, kept.includes(line) ? kept : `${kept}${line}\n`)
    await write(sizeFile(log, key), `${size}\n`)
    return { outcome: 'cosigned', size, at: new Date(seconds * 1_000) }
  }
  return { outcome: 'away', why: 'Its answer was not signed with its key.' }
}

const write = async (file: string, text: string): Promise<void> => {
  const folders = await makeFolders([file])
  await writeDurably(file, text)
  await syncFolders(folders)
}

/** Where the last size that a witness cosigned is noted: a guess to begin with, the witness knows better. */
const sizeFile = (log: SealedLog, { id }: Verifier): string => join(log.folder, 'witnesses', `${id}.size`)

const rememberedSize = (log: SealedLog, key: Verifier): number => {
  const file = sizeFile(log, key)
  const size = existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : 0
  return Number.isSafeInteger(size) && size >= 0 && size <= log.size() ? size : 0
}
