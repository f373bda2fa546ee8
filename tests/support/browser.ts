import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Standing } from '../../src/concerns/standing.ts'
import { startApp, type RunningApp } from '../../src/web/start-app.ts'
import { oneStanding, openStaffApp, type StaffApp } from './staff-app.ts'

/** Debian's Chromium; the test command installs it where it is missing. */
const chromiumPath = '/usr/bin/chromium'

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The widths that every page is looked at: a desk and a telephone. */
export const widths = { desktop: 1280, phone: 390 } as const

/** A browser in front of the running staff app. */
export type Room = {
  readonly staff: StaffApp
  readonly address: string
  /** A page of its own, not signed in. Faults on it are collected in `faults`. */
  readonly open: (options?: { readonly script?: boolean; readonly width?: number }) => Promise<Page>
  /** What the browser complained about: scripts that failed, files that were refused. */
  readonly faults: string[]
  /** Addresses of other hosts that a page asked for something. */
  readonly elsewhere: string[]
  readonly close: () => Promise<void>
}

/** A port that nobody listens on now. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })

/** Starts the staff app on a free port with one concern in it unless told which, and a browser in front. Passkeys work: the host has a name. */
export const openRoom = async ({
  standings = [oneStanding],
  ...options
}: {
  readonly standings?: readonly Standing[]
  readonly secondStep?: 'required' | 'offered'
} = {}): Promise<Room> => {
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const staff = await openStaffApp(standings, { ...options, publicUrl })
  const running: RunningApp = await startApp(staff.deps, { host: '127.0.0.1', port })
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: quiet })
  const faults: string[] = []
  const elsewhere: string[] = []
  return {
    staff,
    address: publicUrl,
    faults,
    elsewhere,
    open: async ({ script = true, width = widths.desktop } = {}) => {
      const context = await browser.newContext({
        baseURL: publicUrl,
        javaScriptEnabled: script,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('console', message => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
      })
      page.on('request', asked => {
        const { origin, protocol } = new URL(asked.url())
        if (protocol !== 'data:' && origin !== publicUrl) elsewhere.push(asked.url())
      })
      page.on('pageerror', error => faults.push(error.message))
      return page
    },
    close: async () => {
      await browser.close()
      await running.stop()
      await staff.close()
    },
  }
}

/** Signs a person in with the form. */
export const signIn = async (page: Page, person: { readonly email: string; readonly password: string }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeResult = { violations: { id: string; help: string; nodes: { target: string[] }[] }[] }

/** What axe finds wrong with a page, as "rule: help (where)"; WCAG 2.2 A and AA and good practice. */
export const axeFaults = async (page: Page): Promise<string[]> => {
  // Given to the page by the debugger, which the page's own policy does not bind.
  await page.evaluate(axeSource)
  const result = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })')
  return result.violations.map(
    each => `${each.id}: ${each.help} (${each.nodes.map(node => node.target.join(' ')).join(', ')})`,
  )
}
