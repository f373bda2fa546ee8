import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, messageOf } from '../core/errors.ts'
import { erasureOrder, type ErasureOrder } from './erasure-order.ts'

const fileName = 'erasures.jsonl'

/** The register of a data folder. */
export const registerOf = (dataDir: string): string => join(dataDir, 'erasures', fileName)

/**
 * What was destroyed, oldest first, from every copy of the register: an order that any of them has counts. A last line that is cut short
 * was never acknowledged.
 * @throws AppError ERASURE_FAILED when a line cannot be read
 */
export const readRegister = (files: readonly string[]): ErasureOrder[] => {
  const orders = new Map<string, ErasureOrder>()
  for (const file of files) for (const order of readOne(file)) orders.set(order.id, order)
  return [...orders.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
}

const readOne = (file: string): ErasureOrder[] => {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.pop()
  return lines.map((line, at) => {
    try {
      return erasureOrder.parse(JSON.parse(line))
    } catch (cause) {
      throw new AppError(
        'ERASURE_FAILED',
        `Line ${at + 1} of the register of erasures ${file} cannot be read: ${messageOf(cause)}. Put the file back from a copy.`,
        { cause },
      )
    }
  })
}

/**
 * Adds orders to every copy of the register that lacks them, and waits until they are on disk. Only then may anything be destroyed.
 * @throws AppError ERASURE_FAILED
 */
export const addToRegister = (files: readonly string[], orders: readonly ErasureOrder[]): void => {
  for (const file of files) {
    try {
      const there = new Set(readOne(file).map(order => order.id))
      const lines = orders.filter(order => !there.has(order.id)).map(order => `${JSON.stringify(order)}\n`)
      if (lines.length > 0) append(file, lines.join(''))
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      throw new AppError(
        'ERASURE_FAILED',
        `The register of erasures ${file} cannot be written: ${messageOf(cause)}. Nothing was destroyed.`,
        { cause },
      )
    }
  }
}

const append = (file: string, text: string): void => {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  // A line that was cut short ends here, so that it cannot run into the next.
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = before.slice(0, before.lastIndexOf('\n') + 1)
  const handle = openSync(file, before === whole ? 'a' : 'w', 0o600)
  writeSync(handle, before === whole ? text : `${whole}${text}`)
  fsyncSync(handle)
  closeSync(handle)
}
