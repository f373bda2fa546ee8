import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** What a sealed entry holds of a personal column: HMAC-SHA-256, under the entry's salt, of the column's name and its text. */
export const commitment = (salt: KeyObject, column: string, text: string): string =>
  createHmac('sha256', salt).update(`${column}\n${text}`).digest('base64')

/** The salt of an entry as the key it is used as, made once for its columns. */
export const saltKey = (salt: string): KeyObject => createSecretKey(salt, 'hex')
