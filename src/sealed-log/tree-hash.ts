import { createHash } from 'node:crypto'

/** SHA-256 of an entry as a leaf of the tree (RFC 6962 §2.1: the byte 0 before it). */
export const hashLeaf = (entry: Uint8Array): Buffer =>
  createHash('sha256').update(leafMark).update(entry).digest()

/** SHA-256 of two neighbours of the tree (RFC 6962 §2.1: the byte 1 before them). */
export const hashPair = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(pairMark).update(left).update(right).digest()

const leafMark = Buffer.from([0])
const pairMark = Buffer.from([1])

/** Hash of the tree over hashes that stand side by side at one height: RFC 6962 §2.1 with these as its leaves. */
export const hashOver = (hashes: readonly Uint8Array[]): Uint8Array => {
  const [first] = hashes
  if (first === undefined) return createHash('sha256').digest()
  if (hashes.length === 1) return first
  const left = largestPowerBelow(hashes.length)
  return hashPair(hashOver(hashes.slice(0, left)), hashOver(hashes.slice(left)))
}

/** The largest power of two smaller than a number of at least 2: where RFC 6962 divides a tree. */
export const largestPowerBelow = (count: number): number => {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
