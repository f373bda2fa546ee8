import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openRoom, signIn, type Room } from '../support/browser.ts'
import { tabTo } from '../support/tab-to.ts'

let room: Room

before(async () => {
  room = await openRoom()
})

after(async () => {
  await room.close()
})

const decideAndTakeBack = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Decide on 1 concern' }).click()
  await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
  await page.getByRole('heading', { level: 1, name: /^Staff \w{5} and person \w{5}$/ }).waitFor()
  await page.getByRole('button', { name: 'Record decision' }).click()
  await page.getByRole('alert').getByText('There is a problem').waitFor()
  assert.equal(await page.getByLabel('Which explanation').isVisible(), false, 'asked only where it matters')
  await page.getByRole('radio', { name: 'No concern, explained by…' }).check()
  await page.getByLabel('Which explanation').selectOption('lives-nearby')
  await page.getByLabel('Your reason').fill('HR confirmed that the home is next door.')
  await page.getByRole('button', { name: 'Record decision' }).click()
  await page.getByText('You decided: No concern').waitFor()
  await page.getByRole('button', { name: 'Undo the decision' }).click()
  await page.getByText('Decision taken back').first().waitFor()
  assert.equal(await page.getByRole('button', { name: 'Record decision' }).count(), 1)
}

test('sign in, open the queue, read a concern, decide, and take it back', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.analyst)
  await decideAndTakeBack(page)
  await page.context().close()
})

test('the same without JavaScript', async () => {
  const page = await room.open({ script: false })
  await signIn(page, room.staff.people.analyst)
  await decideAndTakeBack(page)
  await page.context().close()
})

test('the same on a telephone, where the decision comes before the evidence', async () => {
  const page = await room.open({ width: 390 })
  await signIn(page, room.staff.people.analyst)
  await page.goto('/concerns')
  await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
  const top = async (name: string) => (await page.getByRole('heading', { name }).boundingBox())?.y ?? 0
  assert.ok((await top('Decide')) < (await top('What the records show')))
  const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  assert.equal(wide, 0, 'the page itself does not scroll sideways')
  const lanes = await page.evaluate(
    '(() => { const box = document.querySelector(".app-timeline"); return box.scrollWidth - box.clientWidth })()',
  )
  assert.ok(Number(lanes) > 0, 'the lanes scroll in their own box')
  await page.context().close()
})

test('with the keyboard alone', async () => {
  const page = await room.open()
  const { email, password } = room.staff.people.analyst
  await page.goto('/sign-in')
  await tabTo(page, /^Skip to main content$/)
  await tabTo(page, /^E-mail address$/)
  await page.keyboard.type(email)
  await tabTo(page, /^Password$/)
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await tabTo(page, /^Concerns$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Review queue', level: 1 }).waitFor()
  await tabTo(page, /^Staff \w{5} and person/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Decide' }).waitFor()
  await tabTo(page, /^No concern, explained by…$/)
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  assert.equal(await page.getByRole('radio', { name: 'Cannot tell' }).isChecked(), true)
  await tabTo(page, /^Your reason$/)
  await page.keyboard.type('The booking sheets of that week are lost.')
  await tabTo(page, /^Record decision$/)
  await page.keyboard.press('Enter')
  await page.getByText('You decided: Cannot tell').waitFor()
  await tabTo(page, /^Undo the decision$/)
  await page.keyboard.press('Enter')
  await page.getByText('Decision taken back').first().waitFor()
  await page.context().close()
})

test('the picture opens as a table of the same records', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.analyst)
  await page.goto('/concerns')
  await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
  await page.getByText(/^Show as a table \(7 records\)$/).click()
  assert.equal(await page.getByRole('region', { name: 'Records' }).getByRole('row').count(), 8)
  await page.getByRole('link', { name: 'The table on a page of its own, to print' }).click()
  await page.getByRole('button', { name: 'Print, masked' }).waitFor()
  await page.context().close()
})

test('the browser complained about nothing but the forms that had to be mended', () => {
  assert.deepEqual(
    room.faults.filter(fault => !/status of 400/.test(fault)),
    [],
  )
})
