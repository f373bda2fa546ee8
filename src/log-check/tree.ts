import { hash } from 'node:crypto'

/** SHA-256 of a leaf, and of two nodes: RFC 6962 §2.1. Written apart from the writer's, so that a mistake in one shows in the other. */
export const leafHash = (leaf: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.of(0), leaf]), 'buffer')

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer')

/** Hash of a tree without leaves. */
const emptyRoot = (): Buffer => hash('sha256', Buffer.alloc(0), 'buffer')

/** A tree that is only added to: the hashes of its complete subtrees, smallest last, and how many leaves it has. */
export type Frontier = { size: number; readonly peaks: Buffer[] }

/** Adds a leaf's hash: like counting in binary, two subtrees of one size become one of the next. */
export const addHash = (tree: Frontier, leaf: Buffer): void => {
  let carried = leaf
  for (let rest = tree.size; rest % 2 === 1; rest = (rest - 1) / 2)
    carried = nodeHash(tree.peaks.pop() ?? emptyRoot(), carried)
  tree.peaks.push(carried)
  tree.size += 1
}

/** Hash of the tree so far. */
export const frontierRoot = ({ peaks }: Frontier): Buffer => {
  let root = peaks.at(-1) ?? emptyRoot()
  for (let at = peaks.length - 2; at >= 0; at -= 1) root = nodeHash(peaks[at] ?? emptyRoot(), root)
  return root
}

/** Whether a path of hashes leads from a leaf to the root (RFC 9162 §2.1.3.2). */
export const includes = (
  root: Uint8Array,
  size: number,
  index: number,
  leaf: Buffer,
  path: readonly Buffer[],
): boolean => {
  if (index >= size) return false
  let [at, last, current] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      current = nodeHash(sibling, current)
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    } else current = nodeHash(current, sibling)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && current.equals(root)
}

/** Whether a tree of `newSize` begins with the tree of `oldSize` (RFC 9162 §2.1.4.2). Nothing proves anything from an empty tree but nothing. */
export const beginsWith = (
  old: { readonly size: number; readonly root: Uint8Array },
  next: { readonly size: number; readonly root: Uint8Array },
  path: readonly Buffer[],
): boolean => {
  if (old.size > next.size) return false
  if (old.size === 0) return path.length === 0
  if (old.size === next.size) return path.length === 0 && Buffer.from(old.root).equals(next.root)
  const isPower = Number.isInteger(Math.log2(old.size))
  const [first, ...rest] = isPower ? [Buffer.from(old.root), ...path] : path
  if (first === undefined) return false
  let [at, last] = [old.size - 1, next.size - 1]
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    } else after = nodeHash(after, sibling)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && before.equals(old.root) && after.equals(next.root)
}
