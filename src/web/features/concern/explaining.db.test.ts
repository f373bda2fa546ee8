import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { getDocumentProxy, getMeta, extractText } from 'unpdf'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let analyst: Visitor
let path = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}`
  analyst = await visit(app).signIn(staff.people.analyst)
})

after(async () => {
  await app.close()
  await staff.close()
})

const textOf = ({ $ }: Seen, selector: string): string => $(selector).text().replaceAll(/\s+/g, ' ').trim()

test('beside the account stands what became of pairs like this, never a percentage', async () => {
  const page = await analyst.get(path)
  assert.match(textOf(page, '#frequency'), /Of 100 pairs like this \(review, no further\)/)
  assert.doesNotMatch(textOf(page, '#frequency'), /%/)
})

test('a reader who supposes that fewer offend sees the band move, and nothing recorded changes', async () => {
  const before = await staff.deps.store.db.selectFrom('concerns').selectAll().executeTakeFirstOrThrow()
  const page = await analyst.get(`${path}?prior=5000&days=30`)
  assert.match(
    textOf(page, '#prior-says'),
    /If 1 in 5,000 offended, every band needs 7 points more\. At 21.5 points the pair would be watch, not review\./,
  )
  assert.equal(page.$('input[name=prior]:checked').attr('value'), '5000')
  assert.equal(page.$('.app-prior input[name=days]').attr('value'), '30', 'the days shown stay as chosen')
  assert.equal(page.$('.app-title .app-band').text(), 'Review')
  assert.deepEqual(
    await staff.deps.store.db.selectFrom('concerns').selectAll().executeTakeFirstOrThrow(),
    before,
  )
})

test('a prior that is not in the list is what the bands suppose', async () => {
  for (const typed of ['', '7', '1e3x', '0'])
    assert.match(
      textOf(await analyst.get(`${path}?prior=${typed}`), '#prior-says'),
      /suppose that 1 in 1,000 members of staff offends\. At 21.5 points this pair is review\./,
    )
})

test('every look at it is in the log as a reading of the concern', async () => {
  const reads = () =>
    staff.deps.store.db
      .selectFrom('audit_entries')
      .select('seq')
      .where('what', '=', 'concern-read')
      .execute()
      .then(rows => rows.length)
  const before = await reads()
  await analyst.get(`${path}?prior=200`)
  assert.equal(await reads(), before + 1)
})

/** A PDF as somebody reads it who has only the file. */
const readPdf = async (seen: Seen) => {
  assert.equal(seen.status, 200)
  assert.equal(seen.headers['content-type'], 'application/pdf')
  const pdf = await getDocumentProxy(new Uint8Array(seen.bytes))
  const { totalPages, text } = await extractText(pdf, { mergePages: true })
  const { info } = await getMeta(pdf)
  const first = await pdf.getPage(1)
  return {
    pages: totalPages,
    text: text.replaceAll(/\s+/g, ' '),
    info,
    tags: JSON.stringify(await first.getStructTree()),
  }
}

const secrets = [onePair.staffId, onePair.personId, '+447700900001', '7700 900001']

test('a concern is one page of PDF that names nobody: not in its words, not in its properties, not in the name of the file', async () => {
  const seen = await analyst.get(`${path}/concern.pdf`)
  const { pages, text, info } = await readPdf(seen)
  assert.equal(pages, 1)
  for (const secret of secrets) {
    assert.ok(!text.includes(secret), `${secret} is in the text`)
    assert.ok(!JSON.stringify(info).includes(secret), `${secret} is in the properties`)
    assert.ok(!seen.bytes.includes(secret), `${secret} is in the file`)
  }
  const [, , ref = ''] = path.split('/')
  assert.equal(seen.headers['content-disposition'], `attachment; filename="concern-${ref}.pdf"`)
  assert.equal(seen.headers['cache-control'], 'no-store')
})

test('it holds the band, the parts with the version of each indicator and its records, the explanations and the coverage', async () => {
  const { text } = await readPdf(await analyst.get(`${path}/concern.pdf`))
  assert.match(text, /^Staff \w{5} and person \w{5}: review/)
  assert.match(text, /Identities are masked/)
  assert.match(text, /\(untasked-stays, version 1\).*Stay \w{5}.*\+9/)
  assert.match(text, /Credit: With a colleague.*−1/)
  assert.match(text, /Of 100 pairs like this/)
  assert.match(text, /made with a colleague\? Cannot tell/)
  assert.match(text, /of the 8 feeds that a score needs/)
  assert.match(text, /printed from Upstander by A analyst on 8 June 2026, 10:00, which is in the log/)
})

test('a screen reader finds its headings, its tables and their headers', async () => {
  const { tags } = await readPdf(await analyst.get(`${path}/concern.pdf`))
  for (const tag of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD'])
    assert.ok(tags.includes(`"role":"${tag}"`), tag)
})

test('making one is in the log, and shows names to nobody but the reader they were unmasked for', async () => {
  const investigator = await visit(app).signIn(staff.people.investigator)
  await investigator.get(path)
  await investigator.post(`${path}/unmask`, { reason: 'To write the referral.' })
  const head = await visit(app).signIn(staff.people.head_of_unit)
  await head.post((await head.get(path)).$('form[action*="/unmask/"]').attr('action') ?? '', {})
  const { text } = await readPdf(await investigator.get(`${path}/concern.pdf`))
  assert.match(text, new RegExp(`Staff ${onePair.staffId} and person ${onePair.personId}`))
  assert.match(text, /Identities are shown: they were unmasked for this reader/)
  assert.ok(!(await readPdf(await analyst.get(`${path}/concern.pdf`))).text.includes(onePair.staffId))
  const made = await staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'subject', 'outcome'])
    .where('what', '=', 'concern-exported')
    .execute()
  const [, , ref = ''] = path.split('/')
  assert.deepEqual(made.at(-1), { what: 'concern-exported', subject: ref, outcome: 'allowed' })
})
