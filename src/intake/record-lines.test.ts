import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { linesOfRecords, numberedRecords, replaceSeparator, unclosedQuote } from './record-lines.ts'

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += size) {
    yield await Promise.resolve(bytes.subarray(from, from + size))
  }
}

const gathered = async (pieces: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Buffer[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts).toString()
}

const text = 'a,b\n1,"x\ny"\n2,"say ""hi"""\n\n3,5" pipe\n'

test('records get the line they start on, however the bytes are cut', async () => {
  for (let size = 1; size <= text.length; size += 1) {
    assert.equal(
      await gathered(numberedRecords(inPieces(text, size), ',')),
      '2,1,"x\ny"\n4,2,"say ""hi"""\n5,\n6,3,5" pipe\n',
    )
    assert.deepEqual(
      await linesOfRecords(inPieces(text, size), ',', new Set([1, 3, 5])),
      new Map([
        [1, 1],
        [3, 4],
        [5, 6],
      ]),
    )
  }
})

test('a quote inside a value that did not start with one opens nothing', async () => {
  assert.equal(await unclosedQuote(inPieces(text, 7), ','), undefined)
  assert.equal(await unclosedQuote(inPieces('a,b\n1,2\n3,"open\n4,5\n', 5), ','), 3)
})

test('another separator is put in place of the old one, except inside quoted values', async () => {
  assert.equal(
    await gathered(replaceSeparator(inPieces('a\tb\n"x\ty"\tz\n', 3), '\t', ';')),
    'a;b\n"x\ty";z\n',
  )
})

test('the lines of well-formed records are counted right for any values', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (cells, size) => {
        const records = ['head', ...cells].map(value => `"${value.replaceAll('"', '""')}",z\n`)
        let line = 1
        const expected = new Map<number, number>()
        for (const [index, record] of records.entries()) {
          expected.set(index + 1, line)
          line += record.split('\n').length - 1
        }
        assert.deepEqual(
          await linesOfRecords(inPieces(records.join(''), size), ',', new Set(expected.keys())),
          expected,
        )
      },
    ),
    { numRuns: 200 },
  )
})
