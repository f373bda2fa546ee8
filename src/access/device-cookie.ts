import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { cookieLine, readCookie } from './cookies.ts'

const name = 'upstander-device'
const yearSeconds = 365 * 86_400

type DeviceDeps = { readonly secret: string; readonly https: boolean }

const sign = (secret: string, person: string, word: string): string =>
  createHmac('sha256', secret).update(`device ${person} ${word}`).digest('base64url')

/** A cookie that says: this person has signed in with this browser before. It opens nothing. */
export const deviceCookie = ({ secret, https }: DeviceDeps, person: string): string => {
  const word = randomBytes(16).toString('base64url')
  return cookieLine(name, `${word}.${sign(secret, person, word)}`, { https, maxAge: yearSeconds })
}

/** The browser's own word, when this person has signed in with it before. */
export const knownDevice = (
  { secret, https }: DeviceDeps,
  person: string,
  headers: Headers,
): string | undefined => {
  const [word = '', signature = ''] = (readCookie(headers, name, https) ?? '').split('.')
  const expected = Buffer.from(sign(secret, person, word))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given) ? word : undefined
}
