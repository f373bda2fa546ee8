import { addHash, frontierRoot, type Frontier } from './tree.ts'

/** Every row of hashes that tiles hold: the leaves, then one hash for each 256 of the row below. */
export const tileRows = (leaves: readonly Buffer[]): readonly (readonly Buffer[])[] => {
  const rows = [leaves]
  for (let row = leaves; row.length >= 256; rows.push(row)) {
    const above: Buffer[] = []
    for (let at = 0; at + 256 <= row.length; at += 256) above.push(hashOf(row.slice(at, at + 256)))
    row = above
  }
  return rows
}

/** Hash of the tree over some leaves' hashes. */
const hashOf = (hashes: readonly Buffer[]): Buffer => {
  const tree: Frontier = { size: 0, peaks: [] }
  for (const hash of hashes) addHash(tree, hash)
  return frontierRoot(tree)
}

/** Hash of the tree at each of some sizes, in one pass. */
export const rootsAt = (
  leaves: readonly Buffer[],
  sizes: ReadonlySet<number>,
): ReadonlyMap<number, Buffer> => {
  const tree: Frontier = { size: 0, peaks: [] }
  const roots = new Map<number, Buffer>()
  if (sizes.has(0)) roots.set(0, frontierRoot(tree))
  for (const leaf of leaves) {
    addHash(tree, leaf)
    if (sizes.has(tree.size)) roots.set(tree.size, frontierRoot(tree))
  }
  return roots
}
