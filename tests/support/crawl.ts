import type { Page } from '../../src/web/define-pages.ts'
import { allPages } from '../../src/web/page-list.ts'
import type { Seen, Visitor } from './visitor.ts'

/** An address that somebody was shown, with the page it leads to and the ids in it. */
export type Found = {
  readonly page: Page
  readonly url: string
  /** The ids of the address, by the name of its part. */
  readonly ids: Readonly<Record<string, string>>
  /** What the form holds before anything is typed; empty for a link. */
  readonly form: Readonly<Record<string, string>>
}

/** How many addresses of one page are opened; the others are recorded, and so are files. */
const openedOfAPage = 1

/**
 * Follows every link and every form that changes nothing, from the overview on, and records what it finds: forms too, which it does
 * not send. `told` is given every answer.
 */
export const crawl = async (
  visitor: Visitor,
  told: (seen: Seen, url: string) => Promise<void> = () => Promise.resolve(),
): Promise<readonly Found[]> => {
  const found = new Map<string, Found>()
  const asked = new Map<string, number>()
  const queue = ['/']
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const seen = await visitor.get(url)
    await told(seen, url)
    for (const next of addressesOf(seen, url)) {
      const page = pageOf(next.method, next.url)
      if (page === undefined || page.path === '/sign-out') continue
      const ids = idsOf(page, next.url)
      const key = `${page.method} ${page.path} ${Object.values(ids).join(' ')}`
      if (!found.has(key)) found.set(key, { page, url: next.url, ids, form: next.form })
      const times = asked.get(page.path) ?? 0
      if (page.method === 'POST' || times >= openedOfAPage || /\.\w+$/.test(page.path)) continue
      asked.set(page.path, times + 1)
      queue.push(next.url)
    }
  }
  return [...found.values()]
}

type Next = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly form: Readonly<Record<string, string>>
}

/** Every address on a page: links, pictures, and forms with what they hold. */
export const addressesOf = ({ $ }: Seen, from: string): Next[] => {
  const local = (href: string): string | undefined => {
    const url = new URL(href, `http://here${from}`)
    return url.host === 'here' ? `${url.pathname}${url.search}` : undefined
  }
  const links = $('a[href]')
    .toArray()
    .flatMap(link => local($(link).attr('href') ?? '') ?? [])
    .map((url): Next => ({ method: 'GET', url, form: {} }))
  const forms = $('form')
    .toArray()
    .flatMap((form): Next[] => {
      const url = local($(form).attr('action') ?? from)
      const fields = Object.fromEntries(
        $(form)
          .serializeArray()
          // The token of a form is of whoever was shown it: whoever sends it takes their own.
          .flatMap(({ name, value }) => (name === '_csrf' ? [] : [[name, value]])),
      )
      if (url === undefined) return []
      return $(form).attr('method')?.toLowerCase() === 'post'
        ? [{ method: 'POST', url, form: fields }]
        : [{ method: 'GET', url: `${url}?${new URLSearchParams(fields).toString()}`, form: {} }]
    })
  return [...links, ...forms]
}

const partsOf = (path: string): string[] => (path.split('?')[0] ?? '').split('/')

/** Whether a part of a path stands for an id. */
export const isPart = (part: string): boolean => part.startsWith(':')

/** The page that an address leads to: of two that fit, the one that spells more of it out. */
const pageOf = (method: 'GET' | 'POST', url: string): Page | undefined => {
  const asked = partsOf(url)
  return allPages
    .filter(page => {
      const parts = partsOf(page.path)
      return (
        page.method === method &&
        parts.length === asked.length &&
        parts.every((part, at) => isPart(part) || part === asked[at])
      )
    })
    .toSorted((a, b) => partsOf(a.path).filter(isPart).length - partsOf(b.path).filter(isPart).length)[0]
}

const idsOf = (page: Page, url: string): Record<string, string> =>
  Object.fromEntries(
    partsOf(page.path).flatMap((part, at) =>
      isPart(part) ? [[part.slice(1), decodeURIComponent(partsOf(url)[at] ?? '')]] : [],
    ),
  )
