import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyEdge, grow, rootOf } from './edge.ts'
import { changeKey, earlierNames } from './change-key.ts'
import { keyFrom, nextKeyFile, readLogKey, writeNewKey } from './log-key.ts'
import { openSealedLog } from './sealed-log.ts'
import { signNote, verifierKey } from './signed-note.ts'
import { tilePath } from './tile-path.ts'

const room = mkdtempSync(join(tmpdir(), 'upstander-log-'))
after(() => {
  rmSync(room, { recursive: true, force: true })
})
const key = keyFrom(Buffer.alloc(32, 7))
const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => Buffer.from(`{"seq":${from + at + 1}}`))

/** The eight leaves that implementations of RFC 6962 are compared by, and the hash of the tree after each. */
const knownTree = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const

test('the tree is that of RFC 6962, added to one by one or all at once', () => {
  let edge = emptyEdge
  assert.equal(
    Buffer.from(rootOf(edge)).toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
  for (const [leaf, root] of knownTree) {
    edge = grow(edge, [Buffer.from(leaf, 'hex')]).edge
    assert.equal(Buffer.from(rootOf(edge)).toString('hex'), root)
  }
  const all = grow(
    emptyEdge,
    knownTree.map(([leaf]) => Buffer.from(leaf, 'hex')),
  )
  assert.deepEqual(all.edge, edge)
})

test('tiles are named as C2SP tlog-tiles names them', () => {
  assert.equal(tilePath(0, 1_234_067, 256), 'tile/0/x001/x234/067')
  assert.equal(tilePath('entries', 273, 112), 'tile/entries/273.p/112')
  const { files } = grow(emptyEdge, entries(0, 70_000))
  const partial = [...files.keys()].filter(path => path.includes('.p/')).toSorted()
  assert.deepEqual(partial, [
    'tile/0/273.p/112',
    'tile/1/001.p/17',
    'tile/2/000.p/1',
    'tile/entries/273.p/112',
  ])
  assert.equal([...files.keys()].filter(path => /^tile\/0\/\d+$/.test(path)).length, 273)
})

test('a note is signed as C2SP signed-note says, with the key in one line', () => {
  const named = keyFrom(Buffer.alloc(32, 1), 'example.com/log')
  assert.match(verifierKey(named), /^example\.com\/log\+[0-9a-f]{8}\+AYqI4910/)
  const note = signNote(named, 'text\n')
  assert.match(note, /^text\n\n— example\.com\/log [A-Za-z0-9+/]{90}[A-Za-z0-9+/=]{2}\n$/)
})

test('however entries are divided into writes, the log is the same, and goes on where it ended', async () => {
  const once = openSealedLog(join(room, 'once'), key)
  await once.append(entries(0, 600))
  const folder = join(room, 'divided')
  for (const [from, to] of [
    [0, 1],
    [1, 255],
    [255, 256],
    [256, 257],
    [257, 512],
    [512, 600],
  ] as const) {
    const again = openSealedLog(folder, key)
    assert.equal(again.size(), from)
    await again.append(entries(from, to))
  }
  assert.equal(openSealedLog(folder, key).checkpoint(), once.checkpoint())
  for (const path of ['tile/entries/001', 'tile/0/002.p/88', 'tile/1/000.p/2'])
    assert.deepEqual(readFileSync(join(folder, path)), readFileSync(join(room, 'once', path)))
  assert.ok(!existsSync(join(folder, 'tile/entries/000.p')))
})

test('files of the log and its key are readable by the service alone', async () => {
  const folder = join(room, 'modes')
  const own = readLogKey(join(room, 'keys', 'log.key'), undefined)
  await openSealedLog(folder, own).append(entries(0, 3))
  const modes = ['checkpoint', 'tile/0/000.p/3', 'tile/entries/000.p/3', '../keys/log.key'].map(
    path => statSync(join(folder, path)).mode & 0o777,
  )
  assert.deepEqual(modes, [0o600, 0o600, 0o600, 0o600])
  assert.deepEqual(
    ['.', 'tile/0', '../keys'].map(path => statSync(join(folder, path)).mode & 0o777),
    [0o700, 0o700, 0o700],
  )
})

test('a log is not continued with another key, without its key, or with files that were changed', async () => {
  const folder = join(room, 'kept')
  await openSealedLog(folder, key).append(entries(0, 300))
  assert.throws(() => openSealedLog(folder, keyFrom(Buffer.alloc(32, 8))), /is not as it was written/)
  assert.throws(() => readLogKey(join(room, 'nowhere', 'log.key'), 'a checkpoint'), /missing/)
  for (const path of ['checkpoint', 'tile/0/001.p/44', 'tile/1/000.p/1']) {
    const copy = mkdtempSync(join(room, 'changed-'))
    cpSync(folder, copy, { recursive: true })
    const bytes = readFileSync(join(copy, path))
    bytes[3] = (bytes[3] ?? 0) ^ 1
    writeFileSync(join(copy, path), bytes)
    assert.throws(() => openSealedLog(copy, key), /is not as it was written/)
  }
})

test('a change of key that is cut off leaves the log with one key or the other', async () => {
  const folder = join(room, 'rekeyed')
  const file = join(room, 'rekeyed-keys', 'log.key')
  const checkpoint = () => readFileSync(join(folder, 'checkpoint'), 'utf8')
  const first = readLogKey(file, undefined)
  const log = openSealedLog(folder, first)
  await log.append(entries(0, 3))
  writeNewKey(nextKeyFile(file))
  assert.equal(readLogKey(file, checkpoint()).name, first.name, 'before anything was signed with the new one')
  const old = readFileSync(file)
  const second = await changeKey(folder, log.edge(), file)
  renameSync(file, nextKeyFile(file))
  writeFileSync(file, old)
  assert.equal(
    readLogKey(file, checkpoint()).name,
    second.name,
    'after the checkpoint was signed with the new one',
  )
  assert.equal(openSealedLog(folder, readLogKey(file, checkpoint())).size(), 3)
  assert.deepEqual(earlierNames(folder), [first.name])
})
