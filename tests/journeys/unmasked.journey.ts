import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openRoom, signIn, type Room } from '../support/browser.ts'
import { onePair } from '../support/one-pair.ts'

let room: Room
let path = ''

before(async () => {
  room = await openRoom()
  const { ref } = await room.staff.deps.store.db
    .selectFrom('concerns')
    .select('ref')
    .executeTakeFirstOrThrow()
  path = `/concerns/${ref}`
})
after(() => room.close())

const open = async (role: 'analyst' | 'investigator'): Promise<Page> => {
  const page = await room.open()
  await signIn(page, room.staff.people[role])
  await page.goto(path)
  return page
}

const names = async (page: Page): Promise<boolean> => (await page.content()).includes(onePair.staffId)

const readings = async (): Promise<number> => {
  const rows = room.staff.deps.store.db.selectFrom('audit_entries').select('seq')
  return (await rows.where('what', '=', 'concern-read').execute()).length
}

test('PSE-04: names that were shown stay with whom they were shown to: each reading in the log, none in another’s browser, behind a sign-out or after the shift', async () => {
  const [analyst, investigator] = [await open('analyst'), await open('investigator')]
  await analyst.getByText('Ask to know who they are').first().click()
  await analyst.getByLabel('Why you need to know who they are').fill('The booking names them.')
  await analyst.locator('form[action$="/unmask"] button').click()
  await investigator.reload()
  await investigator.locator('form[action*="/unmask/"] button').click()
  assert.equal(await names(investigator), false, 'whoever agreed')
  const before = await readings()
  await analyst.goto(path)
  assert.equal(await names(analyst), true)
  await analyst.reload()
  const second = await analyst.context().newPage()
  await second.goto(path)
  assert.deepEqual([await names(analyst), await names(second)], [true, true], 'reloaded, and in another tab')
  assert.equal(await readings(), before + 3, 'each in the log')
  await investigator.reload()
  assert.equal(await names(investigator), false, 'another person')
  await second.close()
  await analyst.goto(path)
  await analyst.getByRole('button', { name: 'Sign out' }).click()
  await analyst.waitForURL(/sign-in/)
  await analyst.goBack()
  assert.equal(await names(analyst), false, 'back, after signing out')
  room.staff.setClock('2026-06-08T17:30:00Z')
  const later = await open('analyst')
  assert.equal(await names(later), false, 'after the shift')
})
