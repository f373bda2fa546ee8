import { createHmac, createSecretKey } from 'node:crypto'

/** What a sealed entry holds of a personal column: HMAC-SHA-256, under the entry's salt, of the column's name and its text. */
export const commitment = (salt: string, column: string, text: string): string =>
  createHmac('sha256', createSecretKey(salt, 'hex')).update(column).update('\n').update(text).digest('base64')
