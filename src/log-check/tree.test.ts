import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyEdge, grow, rootOf } from '../sealed-log/edge.ts'
import { consistencyPath, inclusionPath, type ReadHash } from '../sealed-log/proofs.ts'
import { hashRow, type HashRow } from './hash-row.ts'
import { tileRows } from './tile-rows.ts'
import { addHash, beginsWith, frontierRoot, includes, leafHash, type Frontier } from './tree.ts'

const most = 300
const leaves = Array.from({ length: most }, (_, at) => leafHash(Buffer.from(`entry ${at}`)))
const rowOf = (hashes: readonly Buffer[]): HashRow => {
  const row = hashRow()
  for (const hash of hashes) row.add(hash)
  return row
}
const rows = tileRows(rowOf(leaves))
const read: ReadHash = (level, place) => rows[level]?.at(place) ?? assert.fail(`no hash ${level}/${place}`)
const tree: Frontier = { size: 0, peaks: [] }
const roots = [frontierRoot(tree)]
for (const leaf of leaves) {
  addHash(tree, leaf)
  roots.push(frontierRoot(tree))
}
const root = (size: number): Buffer => roots[size] ?? assert.fail(`no tree of ${size}`)
/** Every size up to 40, and those around the width of a tile. */
const sizes = [...Array.from({ length: 40 }, (_, at) => at + 1), 127, 128, 129, 255, 256, 257, most]
const buffers = (path: readonly Uint8Array[]): Buffer[] => path.map(hash => Buffer.from(hash))
const broken = (hash: Buffer): Buffer => Buffer.from(hash.map((byte, at) => (at === 5 ? byte ^ 1 : byte)))

test('the check and what writes the log come to the same hash for every size, though they share no code', () => {
  let edge = emptyEdge
  for (let size = 1; size <= most; size += 1) {
    edge = grow(edge, [Buffer.from(`entry ${size - 1}`)]).edge
    assert.deepEqual(Buffer.from(rootOf(edge)), root(size))
  }
})

test('LOG-10: every entry is shown to be in every tree, and no proof holds that was changed in one place', () => {
  for (const size of sizes)
    for (let index = 0; index < size; index += size > 40 ? 17 : 1) {
      const path = buffers(inclusionPath(read, index, size))
      const leaf = leaves[index] ?? assert.fail()
      assert.ok(includes(root(size), size, index, leaf, path), `${index} of ${size}`)
      assert.ok(!includes(root(size), size, index, broken(leaf), path))
      assert.ok(!includes(broken(root(size)), size, index, leaf, path))
      assert.ok(!includes(root(size), size, index, leaf, [...path, leaf]))
      if (path.length > 0) assert.ok(!includes(root(size), size, index, leaf, path.slice(1)))
      for (const [at, hash] of path.entries())
        assert.ok(!includes(root(size), size, index, leaf, path.with(at, broken(hash))))
      if (size > 1) assert.ok(!includes(root(size), size, (index + 1) % size, leaf, path))
    }
})

test('LOG-10: every tree is shown to begin with every earlier one, and no proof holds that was changed in one place', () => {
  for (const size of sizes)
    for (const old of [0, ...sizes].filter(each => each <= size)) {
      const path = buffers(consistencyPath(read, old, size))
      const [before, after] = [
        { size: old, root: root(old) },
        { size, root: root(size) },
      ]
      assert.ok(beginsWith(before, after, path), `${old} of ${size}`)
      assert.ok(!beginsWith(after, before, path) || old === size)
      assert.ok(!beginsWith(before, after, [...path, root(1)]))
      if (old === 0) continue
      assert.ok(!beginsWith({ ...before, root: broken(before.root) }, after, path))
      assert.ok(!beginsWith(before, { ...after, root: broken(after.root) }, path))
      for (const [at, hash] of path.entries())
        assert.ok(!beginsWith(before, after, path.with(at, broken(hash))))
      if (path.length > 0) assert.ok(!beginsWith(before, after, path.slice(0, -1)))
    }
})

test('LOG-10: trees of more than one and two rows of tiles', () => {
  const count = 65_537
  const many = Array.from({ length: count }, (_, at) => leafHash(Buffer.from(`entry ${at}`)))
  const manyRows = tileRows(rowOf(many))
  const readMany: ReadHash = (level, place) =>
    manyRows[level]?.at(place) ?? assert.fail(`no hash ${level}/${place}`)
  const whole: Frontier = { size: 0, peaks: [] }
  const found = new Map<number, Buffer>()
  for (const leaf of many) {
    addHash(whole, leaf)
    if ([65_535, 65_536, 65_537, 1_000, 512].includes(whole.size)) found.set(whole.size, frontierRoot(whole))
  }
  for (const [size, hash] of found) {
    for (const index of [0, 255, 256, 300, size - 1])
      assert.ok(
        includes(
          hash,
          size,
          index,
          many[index] ?? assert.fail(),
          buffers(inclusionPath(readMany, index, size)),
        ),
      )
    for (const [old, before] of found)
      if (old <= size)
        assert.ok(
          beginsWith(
            { size: old, root: before },
            { size, root: hash },
            buffers(consistencyPath(readMany, old, size)),
          ),
        )
  }
})
