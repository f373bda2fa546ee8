import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fixedClock } from '../core/clock.ts'
import { askWitness, type WitnessAt } from '../jobs/ask-witness.ts'
import { checkFiles } from '../log-check/check-files.ts'
import { cosignatureTime, readSignature, readVerifier } from '../log-check/note.ts'
import { checkProof, writeProof } from '../log-check/proof.ts'
import { keyFrom } from '../sealed-log/log-key.ts'
import { consistencyPath, hashReader, inclusionPath } from '../sealed-log/proofs.ts'
import { openSealedLog, type SealedLog } from '../sealed-log/sealed-log.ts'
import { verifierKey } from '../sealed-log/signed-note.ts'
import { createAddCheckpoint } from './add-checkpoint.ts'
import { createWitnessServer } from './serve-witness.ts'
import { readWitnessKey } from './witness-key.ts'
import { openWitnessState } from './witness-state.ts'

const room = mkdtempSync(join(tmpdir(), 'upstander-witness-'))
const logKey = keyFrom(Buffer.alloc(32, 7))
const clock = fixedClock('2026-05-20T09:00:00Z')
const verifier = (line: string) => readVerifier(line) ?? assert.fail(`${line} is a key`)
const entries = (from: number, to: number, what = 'a') =>
  Array.from({ length: to - from + 1 }, (_, at) => Buffer.from(`{"seq":${from + at},"what":"${what}"}`))

const witnessIn = (folder: string) => ({
  key: readWitnessKey(join(folder, 'witness.key'), 'witness.example/w1'),
  logs: [verifier(verifierKey(logKey))],
  state: openWitnessState(folder),
  clock,
})
const home = join(room, 'witness')
const witness = witnessIn(home)
const server = createWitnessServer(witness)
let at: WitnessAt
before(async () => {
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  at = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: verifier(witness.key.line) }
})
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(room, { recursive: true, force: true })
})

/** The body of a request, and what may be wrong with it. */
const requestOf = (
  log: SealedLog,
  old: number,
  change: { proof?: readonly string[]; note?: string } = {},
): string => {
  const path = consistencyPath(hashReader(log.folder, log.size()), Math.min(old, log.size()), log.size())
  const lines = change.proof ?? path.map(hash => Buffer.from(hash).toString('base64'))
  return `old ${old}\n${lines.map(line => `${line}\n`).join('')}\n${change.note ?? log.checkpoint()}`
}

test('a witness cosigns what continues the log, and its line stands below the kept checkpoint', async () => {
  const log = openSealedLog(join(room, 'log'), logKey)
  for (const [from, to] of [
    [1, 1],
    [2, 300],
    [301, 302],
  ] as const) {
    await log.append(entries(from, to))
    const result = await askWitness(log, at)
    assert.deepEqual(result, { outcome: 'cosigned', size: to, at: clock.now() })
  }
  assert.deepEqual(await askWitness(log, at), { outcome: 'cosigned', size: 302, at: clock.now() })
  const kept = readFileSync(join(room, 'log', 'kept', '000000000302.note'), 'utf8')
  assert.equal(kept.match(/— witness\.example\/w1 /g)?.length, 1)
  assert.deepEqual(checkFiles(join(room, 'log')).faults, [])
  const path = inclusionPath(hashReader(log.folder, 302), 4, 302)
  const disclosed = { leaf: entries(5, 5).toString(), salt: '', who: '', subject: '', why: '', from: '' }
  const proof = checkProof(writeProof(disclosed, 4, path, kept), verifier(verifierKey(logKey)), [at.key])
  assert.deepEqual(proof.outcome === 'proved' && proof.witnesses, [
    { name: 'witness.example/w1', at: clock.now() },
  ])
})

test('LOG-02: a log cut back to an older copy, even signed anew with its own key, is found by the witness', async () => {
  const old = openSealedLog(join(room, 'older'), logKey)
  await old.append(entries(1, 200))
  await assert.rejects(askWitness(old, at), /has cosigned 302 entries of this log, and its files end at 200/)
  await old.append(entries(201, 400, 'other'))
  await assert.rejects(askWitness(old, at), /cosigned other entries of this log/)
})

test('LOG-03: two trees of one size are cosigned once, and both are kept as evidence', async () => {
  const fork = openSealedLog(join(room, 'fork'), logKey)
  await fork.append(entries(1, 302, 'b'))
  await assert.rejects(askWitness(fork, at), /cosigned other entries/)
  const [file = ''] = readdirSync(join(home, 'evidence'))
  const evidence = readFileSync(join(home, 'evidence', file), 'utf8')
  assert.ok(evidence.includes(fork.checkpoint()))
  assert.ok(evidence.includes(openSealedLog(join(room, 'log'), logKey).checkpoint()))
})

test('LOG-03: of two forks shown to two witnesses neither is cosigned by both', async () => {
  const forks = await Promise.all(
    ['x', 'y'].map(async what => {
      const log = openSealedLog(join(room, `fork-${what}`), logKey)
      await log.append(entries(1, 10, what))
      return log
    }),
  )
  const witnesses = [1, 2].map(number => createAddCheckpoint(witnessIn(join(room, `witness-${number}`))))
  const asked = await Promise.all(
    witnesses.flatMap((add, number) =>
      [forks[number], forks[1 - number]].map(
        async log => (await add(requestOf(log ?? assert.fail(), 0))).status,
      ),
    ),
  )
  assert.deepEqual(asked, [200, 409, 200, 409])
})

test('LOG-09: the witness answers as C2SP tlog-witness says', async () => {
  const log = openSealedLog(join(room, 'answers'), logKey)
  await log.append(entries(1, 5))
  const add = createAddCheckpoint(witnessIn(join(room, 'strict')))
  const first = await add(requestOf(log, 0))
  assert.deepEqual([first.status, first.body.split(' ').slice(0, 2)], [200, ['—', 'witness.example/w1']])
  await log.append(entries(6, 9))
  const other = openSealedLog(join(room, 'unknown'), keyFrom(Buffer.alloc(32, 9)))
  await other.append(entries(1, 1))
  const stranger = log.checkpoint().replace(/\n— .*\n$/, other.checkpoint().replace(/^[^]*\n\n/, '\n'))
  const cases: readonly (readonly [string, string, number, string?])[] = [
    ['an unknown log', requestOf(other, 0), 404],
    ['signed by a stranger', requestOf(log, 5, { note: stranger }), 403],
    ['another old size', requestOf(log, 3), 409, '5\n'],
    ['an old size beyond', requestOf(log, 12, { proof: [] }), 400],
    ['no proof', requestOf(log, 5, { proof: [] }), 422],
    ['a wrong proof', requestOf(log, 5, { proof: [Buffer.alloc(32).toString('base64')] }), 422],
    ['a proof that is no base64', requestOf(log, 5, { proof: ['!'] }), 400],
    [
      '64 lines',
      requestOf(log, 5, { proof: Array.from({ length: 64 }, () => Buffer.alloc(32).toString('base64')) }),
      400,
    ],
    ['a leading zero', requestOf(log, 5).replace('old 5', 'old 05'), 400],
    ['no checkpoint', 'old 5\n\n', 400],
    ['nothing', '', 400],
    ['what is right', requestOf(log, 5), 200],
  ]
  for (const [name, body, status, text] of cases) {
    const answer = await add(body)
    assert.equal(answer.status, status, name)
    if (text !== undefined) assert.deepEqual([answer.body, answer.type], [text, 'text/x.tlog.size'])
  }
})

test('LOG-11: however requests race, a witness never goes back', async () => {
  const folder = join(room, 'race')
  const log = openSealedLog(join(room, 'racing'), logKey)
  const bodies: string[] = []
  for (let size = 1; size <= 12; size += 1) {
    await log.append(entries(size, size))
    for (let old = 0; old < size; old += 1) bodies.push(requestOf(log, old))
  }
  const racing = witnessIn(folder)
  const add = createAddCheckpoint(racing)
  let highest = 0
  await Promise.all(
    bodies
      .map((body, place) => ({ body, order: (place * 7_919) % bodies.length }))
      .toSorted((a, b) => a.order - b.order)
      .map(async ({ body }) => {
        const { status } = await add(body)
        const size = racing.state.latest(logKey.name)?.size ?? 0
        assert.ok(size >= highest, `${size} after ${highest}`)
        if (status === 200) highest = size
      }),
  )
  assert.equal(openWitnessState(folder).latest(logKey.name)?.size, highest)
})

test('LOG-11: a witness whose memory was damaged cosigns nothing', async () => {
  const folder = join(room, 'damaged')
  cpSync(home, folder, { recursive: true })
  const [file = ''] = readdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'logs', file), 'nothing')
  const log = openSealedLog(join(room, 'log'), logKey)
  await assert.rejects(createAddCheckpoint(witnessIn(folder))(requestOf(log, 0)), /is damaged/)
})

test('a cosignature is of one text, one key and one moment', () => {
  const text = `${logKey.name}\n302\n`
  const [line = ''] =
    readFileSync(join(room, 'log', 'kept', '000000000302.note'), 'utf8').match(/— witness.*/) ?? []
  const { signature } = readSignature(line) ?? assert.fail(line)
  assert.equal(cosignatureTime(text, at.key, signature), undefined)
  const later = Buffer.from(signature)
  later[7] = (later[7] ?? 0) ^ 1
  const body = openSealedLog(join(room, 'log'), logKey).checkpoint().split('\n\n')[0] ?? ''
  assert.equal(cosignatureTime(`${body}\n`, at.key, signature), clock.now().getTime() / 1_000)
  assert.equal(cosignatureTime(`${body}\n`, at.key, later), undefined)
})

test('a witness that is away, or answers nonsense, does not stop the log', async () => {
  const log = openSealedLog(join(room, 'log'), logKey)
  assert.equal((await askWitness(log, { ...at, url: 'http://127.0.0.1:1' })).outcome, 'away')
  assert.equal((await askWitness(log, { ...at, url: `${at.url}/elsewhere/../x` })).outcome, 'cosigned')
  const stranger = verifier(readWitnessKey(join(room, 'stranger.key'), 'witness.example/w1').line)
  assert.deepEqual(await askWitness(log, { ...at, key: stranger }), {
    outcome: 'away',
    why: 'Its answer was not signed with its key.',
  })
})
