import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractText, getDocumentProxy } from 'unpdf'
import { printPaper, type Paper, type PrintedPaper } from './paper.ts'

const paper = (lines: number): Paper => ({
  title: 'A paper',
  blocks: [
    { kind: 'title', text: 'A paper' },
    ...Array.from({ length: lines }, (_, at) => ({ kind: 'text' as const, text: `Line ${at + 1}` })),
  ],
  foot: 'The foot.',
})

const readBack = async ({ bytes }: PrintedPaper): Promise<string[]> =>
  (await extractText(await getDocumentProxy(new Uint8Array(bytes)))).text

test('a paper takes smaller letters before it takes another page', async () => {
  const [few, many, more] = await Promise.all([10, 48, 90].map(lines => printPaper(paper(lines))))
  assert.deepEqual([few?.pages, many?.pages, more?.pages], [1, 1, 2])
})

test('a briefer version is printed only where the fuller does not fit one page', async () => {
  const brief = { ...paper(3), foot: 'The brief one.' }
  assert.match((await readBack(await printPaper(paper(48), brief)))[0] ?? '', /The foot/)
  assert.match((await readBack(await printPaper(paper(90), brief)))[0] ?? '', /The brief one/)
})

test('nothing is lost over two pages, and each has its foot and its number', async () => {
  const pages = await readBack(await printPaper(paper(90)))
  assert.match(pages[0] ?? '', /Line 1\b.*The foot\. Page 1 of 2\./s)
  assert.match(pages[1] ?? '', /Line 90\b.*The foot\. Page 2 of 2\./s)
})

test('a minus stays a minus, and a letter that the fonts lack shows as missing, never as another', async () => {
  const [text] = await readBack(
    await printPaper({
      title: 'A paper',
      blocks: [
        { kind: 'text', text: 'Credit −4, home’s – £5' },
        {
          kind: 'table',
          columns: [
            { head: 'Who', width: 1 },
            { head: 'Points', width: 1, right: true },
          ],
          rows: [['Żółć 漢', '≥ 3']],
        },
      ],
      foot: '',
    }),
  )
  assert.match(text ?? '', /Credit −4, home’s – £5/)
  assert.match(text ?? '', /Żółć \?\s+≥ 3/)
})
