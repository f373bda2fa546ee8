import assert from 'node:assert/strict'
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { keyFrom } from '../sealed-log/log-key.ts'
import { openSealedLog } from '../sealed-log/sealed-log.ts'
import { checkFiles } from './check-files.ts'

const room = mkdtempSync(join(tmpdir(), 'upstander-check-'))
after(() => {
  rmSync(room, { recursive: true, force: true })
})
const key = keyFrom(Buffer.alloc(32, 7))
const entry = (seq: number) =>
  Buffer.from(`{"at":"2026-05-20T09:00:00.000Z","seq":${seq},"what":"concern-read"}`)
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => entry(from + at))

const whole = join(room, 'whole')
/** Checkpoints of earlier states, as somebody else may have kept them. */
const earlier: string[] = []
before(async () => {
  const log = openSealedLog(whole, key)
  for (const [from, to] of [
    [1, 3],
    [4, 200],
    [201, 520],
    [521, 523],
  ] as const) {
    await log.append(entries(from, to))
    earlier.push(log.checkpoint())
  }
})

const copy = (): string => {
  const folder = mkdtempSync(join(room, 'copy-'))
  cpSync(whole, folder, { recursive: true })
  return folder
}

/** The first fault that a check of a changed copy finds. */
const faultAfter = (change: (folder: string) => void, against = {}) => {
  const folder = copy()
  change(folder)
  return checkFiles(folder, against).faults[0]
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    statSync(join(folder, path)).isFile(),
  )

/** Writes the entries of a bundle anew, as the layout has them. */
const rewrite = (
  folder: string,
  path: string,
  from: number,
  to: number,
  change: (list: Buffer[]) => Buffer[],
) => {
  const bytes = change(entries(from, to)).flatMap(each => [
    Buffer.of(each.length >> 8, each.length & 255),
    each,
  ])
  writeFileSync(join(folder, path), Buffer.concat(bytes))
}

test('a log that nobody touched is whole, also against checkpoints that were kept elsewhere', () => {
  const check = checkFiles(whole, { earlier })
  assert.deepEqual([check.faults, check.size, check.checkpoints], [[], 523, 5])
})

test('LOG-01: of a log of three entries each bit of each file is changed, one after the other, and each change is found', async () => {
  const folder = join(room, 'small')
  await openSealedLog(folder, key).append(entries(1, 3))
  const unseen: string[] = []
  let tried = 0
  for (const file of filesOf(folder)) {
    const path = join(folder, file)
    const kept = readFileSync(path)
    // A newline behind the key says nothing and may be something else.
    const bytes = file === 'key.txt' ? kept.length - 1 : kept.length
    for (let bit = 0; bit < bytes * 8; bit++) {
      const changed = Buffer.from(kept)
      changed[bit >> 3] = (kept[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(path, changed)
      if (checkFiles(folder).faults.length === 0) unseen.push(`${file}, bit ${bit}`)
      tried += 1
    }
    writeFileSync(path, kept)
  }
  assert.deepEqual(unseen, [])
  assert.deepEqual(checkFiles(folder).faults, [], 'as it was')
  assert.ok(tried > 4_000, `${tried} bits`)
})

test('LOG-01: a bit anywhere in the files of a longer log that is changed is found', () => {
  const list = filesOf(whole)
  assert.ok(list.length >= 8)
  const flip = fc.record({ file: fc.constantFrom(...list), place: fc.nat(), bit: fc.nat(7) })
  const folder = copy()
  fc.assert(
    fc.property(flip, ({ file, place, bit }) => {
      const path = join(folder, file)
      const kept = readFileSync(path)
      const changed = Buffer.from(kept)
      changed[place % kept.length] = (kept[place % kept.length] ?? 0) ^ (1 << bit)
      writeFileSync(path, changed)
      const { faults } = checkFiles(folder)
      writeFileSync(path, kept)
      // A newline behind the key says nothing and may be something else.
      return faults.length > 0 || (file === 'key.txt' && place % kept.length === kept.length - 1)
    }),
    { numRuns: 200, seed: 4 },
  )
})

test('LOG-01: a changed entry is named, wherever it stands', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 523 }), fc.nat(200), (seq, place) => {
      const bundle = Math.floor((seq - 1) / 256)
      const path = bundle < 2 ? `tile/entries/00${bundle}` : 'tile/entries/002.p/11'
      const fault = faultAfter(folder => {
        rewrite(folder, path, bundle * 256 + 1, Math.min(523, bundle * 256 + 256), list => {
          const own = list[(seq - 1) % 256] ?? Buffer.alloc(0)
          own[place % own.length] = (own[place % own.length] ?? 0) ^ 1
          return list
        })
      })
      return fault?.entry === seq
    }),
    { numRuns: 40, seed: 4 },
  )
})

test('LOG-01: entries that were removed, moved, exchanged or added are named', () => {
  const change = (edit: (list: Buffer[]) => Buffer[]) =>
    faultAfter(folder => {
      rewrite(folder, 'tile/entries/001', 257, 512, edit)
    })
  assert.deepEqual(
    change(list => list.toSpliced(43, 1)),
    {
      entry: 300,
      says: 'In the place of entry 300 stands one that was written as 301.',
    },
  )
  assert.equal(change(list => list.with(10, list[20] ?? entry(1)).with(20, list[10] ?? entry(1)))?.entry, 267)
  assert.equal(change(list => list.toSpliced(100, 0, entry(999)).slice(0, 256))?.entry, 357)
  assert.match(change(list => [...list, entry(513)])?.says ?? '', /Something was added behind entry 512/)
  assert.match(change(list => list.slice(0, 200))?.says ?? '', /Entry 457 is missing or cut off/)
})

test('LOG-01: entries and tiles that were changed together are told by the rows above, and by checkpoints kept elsewhere', () => {
  const both = (folder: string) => {
    const forged = openSealedLog(join(room, 'forged'), key)
    return forged
      .append([...entries(1, 299), Buffer.from('{"seq":300,"what":"nothing"}'), ...entries(301, 523)])
      .then(() => {
        for (const path of ['tile/entries/001', 'tile/0/001'])
          cpSync(join(room, 'forged', path), join(folder, path))
      })
  }
  const folder = copy()
  return both(folder).then(() => {
    assert.deepEqual(checkFiles(folder).faults[0], {
      entry: 257,
      says: 'One of the entries 257 to 512 was changed.',
    })
    // With the log's key stolen everything can be signed anew, but not what others have kept.
    assert.match(
      checkFiles(join(room, 'forged'), { earlier }).faults[0]?.says ?? '',
      /of 520 entries that were not these/,
    )
  })
})

test('LOG-02: a log cut back to an earlier checkpoint is found by what was kept, there or elsewhere', () => {
  const [, , at520 = ''] = earlier
  const back = (folder: string) => {
    writeFileSync(join(folder, 'checkpoint'), at520)
    for (const path of ['tile/entries/002.p/11', 'tile/0/002.p/11']) unlinkSync(join(folder, path))
  }
  assert.deepEqual(faultAfter(back, { earlier: earlier.slice(3) }), {
    entry: 521,
    says: 'Entries 521 to 523 were removed from the end: Checkpoint 1 that was kept elsewhere has them.',
  })
})

test('a file that is not of the log, a missing tile, and another key are told', () => {
  assert.match(
    faultAfter(folder => {
      writeFileSync(join(folder, 'tile/0/extra'), 'x')
    })?.says ?? '',
    /is not a file of the log/,
  )
  assert.match(
    faultAfter(folder => {
      unlinkSync(join(folder, 'tile/0/001'))
    })?.says ?? '',
    /tile 0\/1 is missing/,
  )
  assert.match(
    faultAfter(folder => {
      unlinkSync(join(folder, 'checkpoint'))
    })?.says ?? '',
    /no checkpoint/,
  )
  const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  assert.match(faultAfter(() => undefined, { key: other })?.says ?? '', /is of another log/)
})
