import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { extractText, getDocumentProxy } from 'unpdf'
import { oneStanding, openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit } from '../../../../tests/support/visitor.ts'
import type { Standing } from '../../../concerns/standing.ts'
import { buildApp } from '../../app.ts'
import { readWebContent } from '../../content.ts'

let staff: StaffApp
let app: FastifyInstance

const { indicators } = readWebContent()

/** More than any pair of a made-up force has: every indicator there is, each with a long sentence and forty records. */
const heaviest: Standing = {
  ...oneStanding,
  band: 'priority',
  points: 99,
  account: 'Stopped 4 times within 60 m of this person’s home between 3 and 19 May with no tasking. '.repeat(
    5,
  ),
  parts: [...new Set(indicators.map(each => each.family))].map(family => ({
    family,
    familyName: family,
    points: 10,
    raw: 12,
    credit: -2,
    credits: [{ id: 'double-crewed', title: 'With a colleague', points: -2, recordId: `crewing:${family}` }],
    indicators: indicators
      .filter(each => each.family === family)
      .map((each, at) => ({
        id: each.id,
        version: each.version,
        title: each.title,
        points: 9 - at / 10,
        sentence: 'Stopped 4 times within 60 m of this person’s home between 3 and 19 May with no tasking.',
        evidence: Array.from({ length: 40 }, (_, nth) => `billing:B${at}${nth}`),
        lastOn: '2026-06-05',
      })),
  })),
}

before(async () => {
  staff = await openStaffApp([heaviest])
  app = await buildApp(staff.deps)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('the heaviest concern there can be is one page, says what it leaves out, and still names every indicator', async () => {
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  const analyst = await visit(app).signIn(staff.people.analyst)
  const seen = await analyst.get(`/concerns/${ref}/concern.pdf`)
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(seen.bytes)), {
    mergePages: true,
  })
  assert.equal(totalPages, 1)
  assert.match(
    text.replaceAll(/\s+/g, ' '),
    /Left out for want of room: .*The concern in Upstander has all of it\./,
  )
  const flat = text.replaceAll(/\s+/g, '')
  for (const { id, version } of indicators) assert.ok(flat.includes(`${id},version${version}`), id)
})

test('its fonts are in the file, so that it prints alike everywhere, and it says that it is PDF/UA', async () => {
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  const analyst = await visit(app).signIn(staff.people.analyst)
  const { bytes } = await analyst.get(`/concerns/${ref}/concern.pdf`)
  const file = bytes.toString('latin1')
  const named = [...file.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name]) => name)
  assert.ok(named.length > 0)
  for (const name of named) assert.match(name ?? '', /^[A-Z]{6}\+SourceSans3/)
  assert.match(file, /\/FontFile2/)
  assert.match(file, /pdfuaid:part>1</)
})
