import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import { printPaper, type Paper } from './paper.ts'

/** What PDF/UA-1 asks of a file like ours, read by pdf.js: a validator of its own (veraPDF) is not to be had from npm or Debian. */
const paper: Paper = {
  title: 'Concern K7Q2-9MXD',
  blocks: [
    { kind: 'title', text: 'Staff 7F3A9 and person M91CQ' },
    { kind: 'quiet', text: 'Masked.' },
    { kind: 'strong', text: 'Stopped 8 times near the home.' },
    { kind: 'heading', text: 'Why it ranks here' },
    {
      kind: 'table',
      columns: [
        { head: 'Family', width: 2 },
        { head: 'What counts', width: 5 },
        { head: 'Points', width: 1, right: true },
      ],
      rows: [
        ['Location', 'Eight stays', '+13.5'],
        ['Look-ups', 'One look-up', '+4'],
        [{ text: 'All of it', strong: true, across: 2 }, '17.5'],
      ],
    },
    { kind: 'heading', text: 'Coverage' },
    { kind: 'text', text: '7 of 8 feeds.' },
  ],
  foot: 'Printed from Upstander.',
}

type Node = { readonly role?: string; readonly id?: string; readonly children?: readonly Node[] }

let raw = ''
let roles: string[] = []
const inTree: string[] = []
const drawn: { id: string | undefined; tag: string; text: string }[] = []
/** How many lines, grounds and letters are drawn: within a mark, and outside every mark. */
const painted = { within: 0, outside: 0 }
let pdf: Awaited<ReturnType<typeof getDocumentProxy>>

const walk = (node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void => {
  visit(node, parent)
  for (const child of node.children ?? []) walk(child, visit, node)
}

before(async () => {
  const { bytes } = await printPaper(paper)
  raw = bytes.toString('latin1')
  pdf = await getDocumentProxy(new Uint8Array(bytes))
  const page = await pdf.getPage(1)
  const tree = (await page.getStructTree()) as unknown as Node
  walk(tree, node => {
    if (node.role !== undefined) roles.push(node.role)
    else if (node.id !== undefined) inTree.push(node.id)
  })
  roles = roles.filter(role => role !== 'Root')
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const open: { id: string | undefined; tag: string; text: string }[] = []
  for (const item of items) {
    if ('str' in item) {
      const within = open.at(-1)
      if (within !== undefined) within.text += item.str
      else if (item.str.trim() !== '') drawn.push({ id: undefined, tag: '', text: item.str })
    } else if (item.type === 'endMarkedContent') {
      const closed = open.pop()
      if (closed !== undefined) drawn.push(closed)
    } else {
      // The types of pdf.js leave the tag out.
      const { id, tag = '' } = item as { readonly id?: string | null; readonly tag?: string }
      open.push({ id: id ?? undefined, tag, text: '' })
    }
  }
  const { OPS } = await getResolvedPDFJS()
  const { fnArray } = await page.getOperatorList()
  let depth = 0
  const paints: number[] = [OPS.constructPath, OPS.showText, OPS.paintImageXObject]
  for (const operator of fnArray) {
    if (operator === OPS.beginMarkedContent || operator === OPS.beginMarkedContentProps) depth += 1
    if (operator === OPS.endMarkedContent) depth -= 1
    if (paints.includes(operator)) painted[depth === 0 ? 'outside' : 'within'] += 1
  }
})

test('all that is written is either in the structure or passed over as the foot, in the order in which it is read', () => {
  assert.deepEqual(
    drawn.filter(({ id, tag }) => tag !== 'Artifact' && (id === undefined || !inTree.includes(id))),
    [],
  )
  const read = drawn.filter(({ tag, text }) => tag !== 'Artifact' && text !== '').map(({ id }) => id)
  assert.deepEqual(
    read,
    inTree.filter(id => read.includes(id)),
  )
  const passedOver = drawn
    .filter(({ tag, text }) => tag === 'Artifact' && text !== '')
    .map(({ text }) => text)
  assert.deepEqual(passedOver, ['Printed from Upstander. Page 1 of 1.'])
})

test('no line, ground or letter is drawn outside what is tagged or passed over', () => {
  assert.equal(painted.outside, 0)
  assert.ok(painted.within > 20, `${painted.within} were drawn`)
})

test('one heading of the first level comes first, and none is skipped', () => {
  const headings = roles.filter(role => /^H\d$/.test(role))
  assert.deepEqual(headings, ['H1', 'H2', 'H2'])
  assert.deepEqual(roles.slice(0, 2), ['Document', 'H1'])
})

test('a table has rows of cells, and each header says whether it is of its column or of its row', () => {
  const rows = roles
    .slice(roles.indexOf('Table') + 1, roles.lastIndexOf('H2'))
    .filter(role => ['TR', 'TH', 'TD'].includes(role))
    .join(' ')
    .split('TR')
    .map(row => row.trim())
    .filter(row => row !== '')
  assert.deepEqual(rows, ['TH TH TH', 'TH TD TD', 'TH TD TD', 'TH TD'])
  assert.equal(raw.match(/\/Scope \/Column/g)?.length, 3)
  assert.equal(raw.match(/\/Scope \/Row/g)?.length, 3)
  assert.equal(raw.match(/\/ColSpan 2/g)?.length, 1)
})

test('the file says its language and title, shows the title in the window, and names the standard it keeps to', async () => {
  const { info, metadata } = await pdf.getMetadata()
  const said = info as { Language?: string; Title?: string }
  assert.deepEqual([said.Language, said.Title], ['en-GB', 'Concern K7Q2-9MXD'])
  assert.equal((await pdf.getMarkInfo())?.Marked, true)
  assert.match(raw, /\/DisplayDocTitle true/)
  const about = String(metadata.getRaw())
  assert.match(about, /<pdfuaid:part>1<\/pdfuaid:part>/)
  assert.match(about, /Concern K7Q2-9MXD/)
  assert.match(raw, /\/Tabs \/S/)
})

test('every font is in the file, with the letters that it stands for', () => {
  const fonts = raw.match(/\/Subtype \/Type0/g)?.length ?? 0
  assert.equal(fonts, 2)
  assert.equal(raw.match(/\/FontFile[23]? \d+ 0 R/g)?.length, fonts)
  assert.equal(raw.match(/\/ToUnicode \d+ 0 R/g)?.length, fonts)
})
