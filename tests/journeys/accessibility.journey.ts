import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allPages } from '../../src/web/page-list.ts'
import { authoriseConcern } from '../support/authorise-concern.ts'
import { axeFaults, openRoom, signIn, widths, type Room } from '../support/browser.ts'
import { writeOnePairsWords } from '../support/one-words.ts'

let room: Room
let addresses: string[] = []

before(async () => {
  room = await openRoom()
  await writeOnePairsWords(room.staff.deps.lake)
  const { ref } = await room.staff.deps.store.db
    .selectFrom('concerns')
    .select('ref')
    .executeTakeFirstOrThrow()
  await authoriseConcern(room.staff, ref, 'message_content')
  await authoriseConcern(room.staff, ref, 'system_audit')
  const indicator = room.staff.deps.content.indicators[0]?.id ?? ''
  addresses = allPages
    .filter(page => page.method === 'GET' && !/\.(csv|pdf)$/.test(page.path) && page.path !== '/sign-in')
    .map(page => page.path.replace(':ref', ref).replace(':id', indicator))
    .concat(['/nothing-here', '/concerns?status=all&band=priority'])
})

after(async () => {
  await room.close()
})

for (const [name, width] of Object.entries(widths)) {
  test(`axe finds nothing wrong with any page on a ${name}`, async () => {
    const page = await room.open({ width })
    await page.goto('/sign-in')
    assert.deepEqual(await axeFaults(page), [], '/sign-in')
    await signIn(page, room.staff.people.investigator)
    for (const address of addresses) {
      await page.goto(address)
      assert.deepEqual(await axeFaults(page), [], address)
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.equal(wide, 0, `${address} does not scroll sideways`)
    }
    await page.context().close()
  })
}

for (const [name, width] of Object.entries(widths)) {
  test(`the words behind a concern open without JavaScript on a ${name}, and axe finds nothing wrong`, async () => {
    const page = await room.open({ width, script: false })
    await signIn(page, room.staff.people.investigator)
    await page.goto('/concerns')
    await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
    await page.getByRole('button', { name: 'Open the words of 2 June 2026' }).click()
    await page.getByRole('heading', { level: 1, name: 'What was written on 2 June 2026' }).waitFor()
    await page.context().close()
    const scripted = await room.open({ width })
    await signIn(scripted, room.staff.people.investigator)
    await scripted.goto('/concerns')
    await scripted.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
    assert.deepEqual(await axeFaults(scripted), [])
    await scripted.getByRole('button', { name: 'Open the words of 2 June 2026' }).click()
    await scripted.getByRole('heading', { level: 1, name: 'What was written on 2 June 2026' }).waitFor()
    assert.deepEqual(await axeFaults(scripted), [])
    const wide = await scripted.evaluate('document.documentElement.scrollWidth - innerWidth')
    assert.equal(wide, 0, 'it does not scroll sideways')
    await scripted.context().close()
  })
}

test('axe finds nothing wrong with what the auditor and the data protection officer oversee', async () => {
  for (const role of ['auditor', 'data_protection'] as const) {
    const page = await room.open({ width: widths.phone })
    await signIn(page, room.staff.people[role])
    for (const address of ['/watching', '/break-glass', '/feeds', '/authorisations']) {
      await page.goto(address)
      assert.deepEqual(await axeFaults(page), [], `${role}: ${address}`)
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.equal(wide, 0, `${address} does not scroll sideways`)
    }
    await page.context().close()
  }
})

test('axe finds nothing wrong with the pages of accounts', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.system_administrator)
  for (const address of ['/accounts', '/accounts/new']) {
    await page.goto(address)
    assert.deepEqual(await axeFaults(page), [], address)
  }
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByText('There is a problem').waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.goto('/accounts')
  await page.getByRole('link', { name: 'A analyst' }).click()
  await page.getByRole('button', { name: 'Save roles' }).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.context().close()
})

test('axe finds nothing wrong with a form that has to be mended, nor after a decision', async () => {
  const page = await room.open()
  await signIn(page, room.staff.people.investigator)
  await page.goto('/concerns')
  await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
  await page.getByRole('radio', { name: 'Keep watching until…' }).check()
  await page.getByRole('button', { name: 'Record decision' }).click()
  await page.getByText('There is a problem').waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByText('Ask to know who they are').click()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('radio', { name: 'Develop' }).check()
  await page.getByLabel('Your reason').fill('Three stays remain without a reason.')
  await page.getByRole('button', { name: 'Record decision' }).click()
  await page.getByText('You decided: Develop').waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.context().close()
})

test('DLV-02: no page asked anything of another host, and the browser had nothing to refuse', () => {
  assert.deepEqual(room.elsewhere, [])
  assert.deepEqual(
    room.faults.filter(fault => !/status of 40\d/.test(fault)),
    [],
  )
})
