import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '../../src/access/roles.ts'
import { axeFaults, openRoom, signIn, widths, type Room } from '../support/browser.ts'

let room: Room
let concern = ''
const pages = new Map<Role, Page>()

/** A page on a telephone for each role, signed in once. */
const as = async (role: Role): Promise<Page> => {
  const page = pages.get(role) ?? (await room.open({ width: widths.phone }))
  if (!pages.has(role)) await signIn(page, room.staff.people[role])
  pages.set(role, page)
  return page
}

const assertSound = async (page: Page, where: string): Promise<void> => {
  assert.deepEqual(await axeFaults(page), [], where)
  assert.equal(
    await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    0,
    `${where} does not scroll sideways`,
  )
}

before(async () => {
  room = await openRoom()
  const { ref } = await room.staff.deps.store.db
    .selectFrom('concerns')
    .select('ref')
    .executeTakeFirstOrThrow()
  concern = `/concerns/${ref}`
  const landed = { rows: 459_156, bytes: 1, accepted: 459_156, rejected: 0 }
  await room.staff.deps.lake.insert('upstander.batches', [
    { ...landed, batch_id: 900, feed: 'positions', file: 'vehicle_and_radio_positions_of_june.csv' },
  ])
})

after(async () => {
  await room.close()
})

/** Forms that are sent as they are, with what is missing. */
const empty: readonly (readonly [Role, () => string, string])[] = [
  ['head_of_unit', () => '/exceptions/new', 'Make the exception'],
  ['investigator', () => `${concern}/tip-off`, 'Watch from this notice on'],
  ['investigator', () => `${concern}/authorisations`, 'Ask for the authorisation'],
  ['investigator', () => `${concern}/kept-from`, 'Keep it from them'],
  ['analyst', () => '/break-glass', 'Ask two others'],
  ['data_protection', () => '/retention', 'Ask that it is destroyed'],
  ['data_protection', () => '/retention', 'Place the hold'],
]

for (const [role, address, button] of empty) {
  test(`an empty form says what it lacks, on a phone: ${button}`, async () => {
    const page = await as(role)
    await page.goto(address())
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('alert').getByText('There is a problem').waitFor()
    await assertSound(page, button)
    // Each line of the summary leads to the field that it is about.
    for (const link of await page.getByRole('alert').getByRole('link').all()) {
      const target = (await link.getAttribute('href')) ?? ''
      assert.equal(await page.locator(target).count(), 1, `${button}: ${target}`)
    }
  })
}

/** Pages with parts that open. */
const opening: readonly (readonly [Role, () => string])[] = [
  ['analyst', () => '/'],
  ['analyst', () => concern],
  ['analyst', () => `/indicators/${room.staff.deps.content.indicators[0]?.id ?? ''}`],
  ['analyst', () => '/look-ups'],
  ['analyst', () => '/records/rejects'],
  ['auditor', () => '/watching'],
]

test('axe finds nothing wrong with pages on a phone once every part of them is opened', async () => {
  for (const [role, address] of opening) {
    const page = await as(role)
    await page.goto(address())
    await page.evaluate('document.querySelectorAll("details").forEach(each => { each.open = true })')
    await assertSound(page, address())
  }
})

test('a form from an old page changes nothing and says what to do, on a phone', async () => {
  const page = await as('analyst')
  await page.goto(concern)
  await page.evaluate(
    'document.querySelectorAll("input[name=_csrf]").forEach(each => { each.value = "old" })',
  )
  await page.getByRole('button', { name: 'Record decision' }).click()
  await page.getByRole('heading', { level: 1, name: 'This form could not be used' }).waitFor()
  await page.getByText('Nothing was changed.').waitFor()
  await assertSound(page, 'an old form')
})
