import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** How an authenticator misbehaves; every part is as it should be when left out. */
export type Misbehaviour = {
  readonly origin?: string
  readonly rpId?: string
  /** Whether it checked the person: PIN, fingerprint, face. */
  readonly verified?: boolean
  readonly counter?: number
  readonly challenge?: string
  /** Changes what was signed after it was signed. */
  readonly tamper?: (bytes: Buffer) => Buffer
}

const origin = 'http://localhost:3000'
const rpId = 'localhost'

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

/** CBOR of a map whose values are small numbers, byte strings and texts: all that a passkey needs (RFC 8949). */
const cbor = (value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer => {
  const head = (major: number, length: number): Buffer =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const parts = [...value].flatMap(([key, each]) => [cbor(key), cbor(each as Parameters<typeof cbor>[0])])
  return Buffer.concat([head(5, value.size), ...parts])
}

/** An authenticator in software, with one ES256 passkey. Tests only. */
export const makeTestPasskey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let counter = 0

  const authenticatorData = (bad: Misbehaviour, made?: Buffer): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(bad.counter ?? ++counter)
    const flags = 0x01 | ((bad.verified ?? true) ? 0x04 : 0) | (made === undefined ? 0 : 0x40)
    return Buffer.concat([sha256(bad.rpId ?? rpId), Buffer.from([flags]), count, made ?? Buffer.alloc(0)])
  }
  const clientData = (type: string, challenge: string, bad: Misbehaviour): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: bad.challenge ?? challenge,
        origin: bad.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const challengeOf = (options: string): string => (JSON.parse(options) as { challenge: string }).challenge
  const answer = (response: Record<string, string | string[]>): string =>
    JSON.stringify({
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      response,
      clientExtensionResults: {},
    })

  return {
    id: id.toString('base64url'),
    /** Answers the question for a new passkey. */
    create: (options: string, bad: Misbehaviour = {}): string => {
      const key = cbor(
        new Map<number, number | Buffer>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const length = Buffer.from([id.length >> 8, id.length & 255])
      const data = authenticatorData(bad, Buffer.concat([Buffer.alloc(16), length, id, key]))
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      )
      return answer({
        clientDataJSON: clientData('webauthn.create', challengeOf(options), bad).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    /** Answers the question for a passkey to sign in or prove with. */
    get: (options: string, bad: Misbehaviour = {}): string => {
      const data = authenticatorData(bad)
      const client = clientData('webauthn.get', challengeOf(options), bad)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: (bad.tamper?.(data) ?? data).toString('base64url'),
        signature: signature.toString('base64url'),
      })
    },
  }
}
