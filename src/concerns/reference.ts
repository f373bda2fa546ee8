import { randomBytes } from 'node:crypto'
import { spokenWord } from '../core/spoken-letters.ts'

/**
 * A random reference like `K7Q2-9MXD`: it tells nothing about when a concern was opened or how many there are.
 * 24^8 is 10^11; the store refuses a second use.
 */
export const newReference = (): string => {
  const word = spokenWord(randomBytes(16), 8)
  return `${word.slice(0, 4)}-${word.slice(4)}`
}

/** A reference as somebody typed it, in its own shape; undefined when it cannot be one. */
export const readReference = (typed: string): string | undefined => {
  const letters = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return letters.length === 8 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined
}
