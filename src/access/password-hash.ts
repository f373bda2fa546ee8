import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { verifyPassword as verifyScrypt } from 'better-auth/crypto'

/** Work of one hash: OWASP's second choice for argon2id (19 MiB, two passes), about 30 ms here. Memory in KiB. */
const work = { memory: 19_456, passes: 2, parallelism: 1 } as const
const tagLength = 32

/** An argon2id hash of a password, in the usual text form with its parameters and salt. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  const tag = await derive(password, { ...work, nonce })
  return `$argon2id$v=19$m=${work.memory},t=${work.passes},p=${work.parallelism}$${bare(nonce)}$${bare(tag)}`
}

/** Whether a password is the one that was hashed. Hashes that earlier versions made with scrypt count too. */
export const verifyPassword = async ({
  hash,
  password,
}: {
  hash: string
  password: string
}): Promise<boolean> => {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash)
  if (parts === null) return await verifyScrypt({ hash, password })
  const [, memory, passes, parallelism, nonce = '', tag = ''] = parts
  const expected = Buffer.from(tag, 'base64')
  const found = await derive(password, {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
  })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

type Work = {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly nonce: Buffer
}

/** NFKC, so that the same keys on another keyboard give the same password. */
const derive = (password: string, options: Work): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', { ...options, message: password.normalize('NFKC'), tagLength }, (fault, tag) => {
      if (fault === null) resolve(tag)
      else reject(fault)
    })
  })

const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
