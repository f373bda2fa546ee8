import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keyFrom } from '../sealed-log/log-key.ts'
import { signNote, verifierKey } from '../sealed-log/signed-note.ts'
import { readCheckpoint, signedCheckpoint } from './checkpoint.ts'
import { readNote, readVerifier, signedBy } from './note.ts'

/** The example of golang.org/x/mod/sumdb/note, which C2SP signed-note writes down. */
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const text =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  )
const signature =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
const known = `${text}\n${signature}\n`

const verifier = (line: string) => readVerifier(line) ?? assert.fail(`${line} is a key`)
const signed = (note: string) => {
  const read = readNote(note)
  return read === undefined ? 'malformed' : signedBy(read, verifier(peter))
}

test('the published example of a signed note holds', () => {
  assert.equal(signed(known), true)
})

test('LOG-09: a note that is not exactly as it was signed is refused', () => {
  const cases: Readonly<Record<string, readonly [string, ReturnType<typeof signed>]>> = {
    'no signature': [`${text}\n`, 'malformed'],
    'another text': [known.replace('think', 'thunk'), false],
    'a hyphen for the dash': [known.replace('— ', '- '), 'malformed'],
    'an en dash': [known.replace('— ', '– '), 'malformed'],
    'carriage returns': [known.replaceAll('\n', '\r\n'), 'malformed'],
    'no newline at the end': [known.slice(0, -1), 'malformed'],
    'no empty line': [known.replace('\n\n', '\n'), 'malformed'],
    'an unknown key alone': [known.replace('PeterNeumann', 'EnochRoot'), undefined],
    'the same name with another id': [known.replace('x08go', 'y08go'), undefined],
    'base64 with a stray bit': [known.replace('JnAM=', 'JnAN='), 'malformed'],
    'base64 with a space': [known.replace('x08go/', 'x08 go/'), 'malformed'],
    'a control character': [known.replace('If', 'I\u0007f'), 'malformed'],
    'half a letter': [known.replace('If', 'I\ud800f'), 'malformed'],
    'a hundred and one signatures': [`${text}\n${`${signature}\n`.repeat(101)}`, 'malformed'],
    'the signature twice': [`${text}\n${signature}\n${signature}\n`, true],
    'a known signature after an unknown one': [
      known.replace(signature, `${signature.replace('PeterNeumann', 'EnochRoot')}\n${signature}`),
      true,
    ],
    'sixteen others beside it': [
      known.replace(
        signature,
        `${`${signature.replace('PeterNeumann', 'EnochRoot')}\n`.repeat(16)}${signature}`,
      ),
      true,
    ],
    'one of two that does not hold': [
      known.replace(signature, `${signature}\n${signature.replace('uGUg', 'uGUh')}`),
      false,
    ],
  }
  for (const [name, [note, result]] of Object.entries(cases)) assert.equal(signed(note), result, name)
})

test('LOG-09: a key line whose id is not that of its key is no key', () => {
  for (const line of [
    peter.replace('c74f20a3', 'c74f20a4'),
    peter.replace('ARpc', 'AVpc'),
    'Peter Neumann+c74f20a3+ARpc',
    '',
  ])
    assert.equal(readVerifier(line), undefined, line)
})

test('LOG-09: checkpoints are read strictly', () => {
  const root = Buffer.alloc(32, 1).toString('base64')
  const key = keyFrom(Buffer.alloc(32, 7), 'example.com/log')
  const read = (body: string) => readCheckpoint(signNote(key, body))
  assert.equal(read(`example.com/log\n5\n${root}\n`)?.size, 5)
  assert.equal(read(`example.com/log\n0\n${root}\nan extension\n`)?.size, 0)
  for (const body of [
    `example.com/log\n05\n${root}\n`,
    `example.com/log\n+5\n${root}\n`,
    `example.com/log\n-5\n${root}\n`,
    `example.com/log\n5.0\n${root}\n`,
    `example.com/log\n9223372036854775808\n${root}\n`,
    `example.com/log\n5\n${root.slice(1)}\n`,
    `example.com/log\n5\n${root.slice(0, -1)}\n`,
    `\n5\n${root}\n`,
    `example.com/log\n5\n`,
    `example.com/log\n5\n${root}\n\nextension\n`,
  ])
    assert.equal(read(body), undefined, body)
})

test('LOG-09: no single changed letter of a checkpoint is accepted', () => {
  const key = keyFrom(Buffer.alloc(32, 7), 'example.com/log')
  const own = verifier(verifierKey(key))
  const checkpoint = signNote(key, `example.com/log\n5\n${Buffer.alloc(32, 1).toString('base64')}\n`)
  assert.notEqual(typeof signedCheckpoint(checkpoint, own), 'string')
  fc.assert(
    fc.property(fc.nat(checkpoint.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
      const changed = `${checkpoint.slice(0, at)}${letter}${checkpoint.slice(at + 1)}`
      return changed === checkpoint || typeof signedCheckpoint(changed, own) === 'string'
    }),
    { seed: 4, numRuns: 500 },
  )
})
