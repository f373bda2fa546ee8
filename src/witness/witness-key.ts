import { createPrivateKey, createPublicKey, hash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../core/errors.ts'

/** What a witness cosigns with. */
export type WitnessKey = {
  readonly name: string
  readonly privateKey: KeyObject
  /** The line that logs and readers check its cosignatures with. */
  readonly line: string
  /** Eight hex digits. */
  readonly id: string
}

const cosignature = 4
const derHead = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The witness's key from its file, made on first use and readable by the witness alone.
 * @throws AppError USAGE for a name that no signature line can carry, or a damaged key
 */
export const readWitnessKey = (file: string, name: string): WitnessKey => {
  if (!/^[^\s+\p{Cc}]+$/u.test(name))
    throw new AppError(
      'USAGE',
      'A witness needs a name without spaces or plus signs, such as witness.example/w1.',
    )
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  }
  const seed = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (seed.length !== 32)
    throw new AppError('USAGE', `The key of the witness, ${file}, is damaged. Put it back.`)
  const privateKey = createPrivateKey({ key: Buffer.concat([derHead, seed]), format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  const typed = Buffer.concat([Buffer.of(cosignature), raw])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'buffer').toString('hex', 0, 4)
  return { name, privateKey, id, line: `${name}+${id}+${typed.toString('base64')}` }
}

/** The signature line, with its newline, by which a witness cosigns a checkpoint at a moment (C2SP tlog-cosignature). */
export const cosign = (key: WitnessKey, checkpoint: string, at: Date): string => {
  const seconds = Math.floor(at.getTime() / 1_000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpoint}`), key.privateKey)
  return `— ${key.name} ${Buffer.concat([Buffer.from(key.id, 'hex'), time, signature]).toString('base64')}\n`
}
