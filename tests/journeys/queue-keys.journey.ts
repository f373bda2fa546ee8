import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openRoom, signIn, type Room } from '../support/browser.ts'
import { oneStanding } from '../support/staff-app.ts'
import { tabTo } from '../support/tab-to.ts'

let room: Room

before(async () => {
  room = await openRoom({
    standings: [oneStanding, { ...oneStanding, personId: '', points: 18, fingerprint: 'two' }],
  })
})

after(async () => {
  await room.close()
})

test('from row to row of the queue by J, K and the arrows, reached by its own skip link', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.analyst)
  await page.goto('/concerns')
  await tabTo(page, /^Skip to the first concern$/)
  await page.keyboard.press('Enter')
  const row = (): Promise<number> =>
    page.evaluate(
      '[...document.querySelectorAll("tbody tr")].findIndex(row => row.contains(document.activeElement))',
    )
  const seen = [await row()]
  for (const key of ['j', 'j', 'k', 'ArrowDown', 'ArrowUp', 'End', 'Home']) {
    await page.keyboard.press(key)
    seen.push(await row())
  }
  assert.deepEqual(seen, [0, 1, 1, 0, 1, 0, 1, 0])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Decide' }).waitFor()
  await page.context().close()
})

test('the letters do nothing while no row has the focus: somebody may be dictating', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.analyst)
  await page.goto('/concerns')
  await page.getByLabel('Reference or words').focus()
  await page.keyboard.type('jk')
  assert.equal(await page.getByLabel('Reference or words').inputValue(), 'jk')
  await page.context().close()
})
