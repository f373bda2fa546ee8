import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { oneStanding, openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { beginRun } from '../../../detection/runs.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let analyst: Visitor

/** Thirty concerns at review, one at develop, one about a member of staff alone, and one at watch. */
const standings = [
  ...Array.from({ length: 30 }, (_, index) => ({
    ...oneStanding,
    staffId: `PC${index + 100}`,
    points: 18 + index / 100,
    fingerprint: String(index),
  })),
  { ...oneStanding, staffId: 'PC900', band: 'develop' as const, points: 25, account: 'Rang 31 times.' },
  { ...oneStanding, staffId: 'PC901', personId: '', points: 17.2 },
  { ...oneStanding, staffId: 'PC902', band: 'watch' as const, points: 13 },
]

before(async () => {
  staff = await openStaffApp(standings)
  app = await buildApp(staff.deps)
  analyst = await visit(app).signIn(staff.people.analyst)
})

after(async () => {
  await app.close()
  await staff.close()
})

const bandsOf = async (path: string): Promise<string[]> => {
  const { $ } = await analyst.get(path)
  return $('.app-queue tbody .app-band')
    .toArray()
    .map(each => $(each).text())
}

test('the budget and the silent feeds are said before anything about a person', async () => {
  const { $ } = await analyst.get('/concerns')
  const text = $('main').text().replaceAll(/\s+/g, ' ')
  assert.match(
    text,
    /new per 1,000 staff on evidence of the last 30 days \(32 in all\); the budget is 5: over budget/,
  )
  assert.ok(text.indexOf('the budget is 5') < text.indexOf('Staff '))
  assert.ok(text.indexOf('fallen silent') < text.indexOf('Staff '))
})

test('the strongest comes first, and what only waits at watch is not in the queue', async () => {
  const bands = await bandsOf('/concerns')
  assert.equal(bands.length, 25)
  assert.equal(bands[0], 'Develop')
  assert.ok(!bands.includes('Watch'))
})

test('a second page holds the rest, with a way back', async () => {
  const { $ } = await analyst.get('/concerns?page=2')
  assert.equal($('.app-queue tbody tr').length, 7)
  assert.equal($('.govuk-pagination__prev a').attr('href'), '/concerns')
})

test('filters and order are in the address, and stay together', async () => {
  assert.deepEqual(await bandsOf('/concerns?band=develop'), ['Develop'])
  assert.deepEqual(await bandsOf('/concerns?status=noted'), ['Watch'])
  assert.deepEqual(await bandsOf('/concerns?text=31+times'), ['Develop'])
  const { $ } = await analyst.get('/concerns?band=review&sort=due')
  assert.equal($('th[aria-sort]').text().trim().slice(0, 9), 'Decide by')
  assert.match($('.govuk-pagination__next a').attr('href') ?? '', /band=review&sort=due&page=2/)
})

test('searching cannot tell who is behind a mask', async () => {
  const { $ } = await analyst.get('/concerns?text=PC900')
  assert.match($('main').text(), /Nothing matches this filter/)
})

test('a mistyped address still shows the queue', async () => {
  assert.equal((await bandsOf('/concerns?status=everything&band=high&page=-3&sort=name')).length, 25)
})

test('a concern about a member of staff alone says so', async () => {
  const { $ } = await analyst.get('/concerns?page=2')
  assert.match($('.app-queue tbody').text(), /about them alone/)
  const href = $('tr:contains("about them alone") a').attr('href') ?? ''
  const concern = await analyst.get(href)
  assert.equal(concern.status, 200)
  assert.match(concern.$('main').text(), /about the member of staff alone/)
})

test('what came with the last detection is marked new in the queue, and counted on the overview, until the next', async () => {
  const newOnes = async () =>
    (await analyst.get('/concerns')).$('td[data-label="Since"]:contains("new")').length
  const step = async () => (await analyst.get('/')).$('section[aria-labelledby="next"]').text()
  assert.equal(await newOnes(), 0, 'no detection has run')
  await beginRun(staff.deps.lake, staff.deps.clock, { throughBatch: 1, content: '' })
  assert.equal(await newOnes(), 25, 'the whole page')
  assert.match(await step(), /Decide on 32 concerns, 32 new since the last detection/)
  staff.setClock('2026-06-09T09:00:00Z')
  await beginRun(staff.deps.lake, staff.deps.clock, { throughBatch: 2, content: '' })
  assert.equal(await newOnes(), 0)
  assert.doesNotMatch(await step(), /new since/)
})
