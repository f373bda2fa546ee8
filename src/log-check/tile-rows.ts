import { hashRow, type HashRow, type Hashes } from './hash-row.ts'
import { addHash, frontierRoot, type Frontier } from './tree.ts'

/** Every row of hashes that tiles hold: the leaves, then one hash for each 256 of the row below. */
export const tileRows = (leaves: HashRow): readonly HashRow[] => {
  const rows = [leaves]
  for (let row = leaves; row.length >= 256; rows.push(row)) {
    const above = hashRow()
    for (let at = 0; at + 256 <= row.length; at += 256) above.add(hashOf(row, at))
    row = above
  }
  return rows
}

/** Hash of the tree over the 256 hashes of a row from a place on. */
const hashOf = (row: Hashes, from: number): Buffer => {
  const tree: Frontier = { size: 0, peaks: [] }
  for (let at = from; at < from + 256; at += 1) {
    const hash = row.at(at)
    if (hash !== undefined) addHash(tree, hash)
  }
  return frontierRoot(tree)
}

/** Hash of the tree at each of some sizes, in one pass. */
export const rootsAt = (leaves: Hashes, sizes: ReadonlySet<number>): ReadonlyMap<number, Buffer> => {
  const tree: Frontier = { size: 0, peaks: [] }
  const roots = new Map<number, Buffer>()
  if (sizes.has(0)) roots.set(0, frontierRoot(tree))
  for (let place = 0; place < leaves.length; place += 1) {
    const leaf = leaves.at(place)
    if (leaf !== undefined) addHash(tree, leaf)
    if (sizes.has(tree.size)) roots.set(tree.size, frontierRoot(tree))
  }
  return roots
}
