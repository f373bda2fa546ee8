import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeFaults, openRoom, type Room } from '../support/browser.ts'

let room: Room
let page: Page

before(async () => {
  room = await openRoom({ secondStep: 'required' })
  page = await room.open()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
})

after(async () => {
  await room.close()
})

test('the first time a password leads to a passkey, and only then to the overview', async () => {
  const { email, password } = room.staff.people.investigator
  await page.goto('/sign-in')
  assert.deepEqual(await axeFaults(page), [])
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Add a second step' }).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('A name to tell it by').fill('Work laptop')
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('button', { name: 'Add the passkey' }).click()
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  await page.getByText('Work laptop').first().waitFor()
  assert.deepEqual(await axeFaults(page), [])
})

test('from then on the passkey signs in alone', async () => {
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

test('ten minutes later it proves who sits there, and what was typed is kept', async () => {
  room.staff.setClock('2026-06-08T09:12:00Z')
  await page.goto('/concerns')
  await page.getByRole('link', { name: /^Staff \w{5} and person/ }).click()
  await page.getByText('Ask to know who they are').click()
  await page
    .getByLabel('Why you need to know who they are')
    .fill('The address must be checked with the force’s own list.')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await page
    .getByText(/You asked to know who they are/)
    .first()
    .waitFor()
})

test('a browser that is refused by its passkey says so, and the password stays open', async () => {
  const other = await room.open()
  await other.goto('/sign-in/passkey')
  assert.equal(await other.getByText('The browser gave no passkey').isVisible(), false, 'not before it did')
  await other.evaluate(
    'navigator.credentials.get = () => Promise.reject(new DOMException("no", "NotAllowedError"))',
  )
  await other.getByRole('button', { name: 'Use a passkey' }).click()
  await other.getByText('The browser gave no passkey').waitFor()
  assert.equal(await other.getByRole('link', { name: 'Use your password instead' }).isVisible(), true)
  await other.context().close()
})

test('without JavaScript the page says what to do instead', async () => {
  const plain = await room.open({ script: false })
  await plain.goto('/sign-in/passkey')
  await plain.getByText('Passkeys need JavaScript').waitFor()
  await plain.goto('/sign-in')
  assert.equal(await plain.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false)
  await plain.context().close()
})

test('the browser complained about nothing', () => {
  assert.deepEqual(room.faults, [])
})
