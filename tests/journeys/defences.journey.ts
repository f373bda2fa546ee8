import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openRoom, type Room } from '../support/browser.ts'

let room: Room

before(async () => {
  room = await openRoom()
})

after(async () => {
  await room.close()
})

test('a script or a piece of HTML that got into a page is stopped by the browser', async () => {
  const page = await room.open()
  await page.goto('/sign-in')
  const run = <T>(script: string) => page.evaluate<T>(script)
  const html = await run<string>(
    `(() => { try { document.body.innerHTML = '<b>x</b>'; return 'taken' } catch (e) { return e.name } })()`,
  )
  assert.equal(html, 'TypeError', 'text is not made into HTML')
  const built = await run<string>(
    `new Promise(done => { try { setTimeout('window.ran = true') } catch {}
      setTimeout(() => done(String(window.ran)), 100) })`,
  )
  assert.equal(built, 'undefined', 'a script made of text does not run')
  const inline = await run<string>(
    `(() => { const s = document.createElement('script'); s.setAttribute('nonce', 'x')
      s.append('window.ran = true'); try { document.head.append(s) } catch {} return String(window.ran) })()`,
  )
  assert.equal(inline, 'undefined', 'an inline script does not run')
  const sent = await run<string>(`fetch('https://elsewhere.example/').then(() => 'sent', e => e.name)`)
  assert.equal(sent, 'TypeError', 'nothing is fetched from elsewhere')
  room.faults.length = 0
  await page.context().close()
})

test('another page can neither frame ours nor reach into its window', async () => {
  const page = await room.open()
  const outside = room.address.replace('localhost', '127.0.0.1')
  await page.route(`${outside}/frame`, route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<title>Elsewhere</title><iframe src="${room.address}/sign-in"></iframe>`,
    }),
  )
  await page.goto(`${outside}/frame`)
  const framed = page.frames().find(each => each !== page.mainFrame())
  assert.doesNotMatch((await framed?.content()) ?? '', /Password/)
  const opened = await page.evaluate<boolean>(
    `new Promise(done => { const w = window.open('${room.address}/sign-in')
      setTimeout(() => done(w === null || w.closed || w.length === undefined), 1500) })`,
  )
  assert.equal(opened, true, 'the window is cut off from its opener')
  room.faults.length = 0
  await page.context().close()
})
