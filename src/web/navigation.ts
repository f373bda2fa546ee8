import type { User } from '../access/user.ts'
import { mayOpen } from './may-open.ts'
import { allPages } from './page-list.ts'
import { paths } from './paths.ts'

type Link = { readonly text: string; readonly href: string }

/** A link of the bar or of the row below it, and whether the page that is open belongs to it. */
type Shown = Link & { readonly active: boolean; readonly current: boolean }

/** The areas of work, and the pages that each begins with. Whatever lies below a page's address belongs to it. */
const areas: readonly { readonly text: string; readonly pages: readonly Link[] }[] = [
  { text: 'Overview', pages: [{ text: 'Overview', href: paths.overview }] },
  {
    text: 'Concerns',
    pages: [
      { text: 'Review queue', href: paths.queue },
      { text: 'Look-ups', href: paths.lookUps },
    ],
  },
  {
    text: 'Authorisations',
    pages: [
      { text: 'Authorisations', href: paths.authorisations },
      { text: 'Break-glass', href: paths.breakGlass },
    ],
  },
  {
    text: 'Detection',
    pages: [
      { text: 'Indicators', href: paths.indicators },
      { text: 'Warning signs', href: paths.warningSigns },
      { text: 'How well it works', href: paths.evaluation },
      { text: 'Exceptions', href: paths.exceptions },
    ],
  },
  {
    text: 'Records',
    pages: [
      { text: 'Feeds', href: paths.feeds },
      { text: 'Rejected records', href: paths.rejects },
      { text: 'Retention', href: paths.retention },
    ],
  },
  {
    text: 'Oversight',
    pages: [
      { text: 'Watching the unit', href: paths.watching },
      { text: 'Log', href: paths.log },
    ],
  },
  {
    text: 'Accounts',
    pages: [
      { text: 'Accounts', href: paths.accounts },
      { text: 'Confirm roles', href: paths.roleRequests },
    ],
  },
]

/** The bar, and the row below it: the pages of the area that is open, empty where the area holds one page alone. */
export type Navigation = {
  readonly navigation: readonly Shown[]
  readonly area: { readonly name: string; readonly pages: readonly Shown[] } | undefined
}

/** Only what this person may open. An area of which they may open one page carries that page's own name. */
export const navigationFor = (user: User | undefined, here: string): Navigation => {
  if (user === undefined) return { navigation: [], area: undefined }
  const open = pageOf(here)
  const mine = areas
    .map(({ text, pages }) => ({ text, pages: pages.filter(({ href }) => mayOpenAt(user, href)) }))
    .filter(({ pages }) => pages.length > 0)
  const within = mine.find(({ pages }) => pages.some(({ href }) => href === open))
  return {
    navigation: mine.map(({ text, pages }) => ({
      text: pages.length === 1 ? (pages[0]?.text ?? text) : text,
      href: pages[0]?.href ?? paths.overview,
      active: pages === within?.pages,
      current: pages === within?.pages && pages[0]?.href === here,
    })),
    area:
      within === undefined || within.pages.length === 1
        ? undefined
        : {
            name: within.text,
            pages: within.pages.map(page => ({
              ...page,
              active: page.href === open,
              current: page.href === here,
            })),
          },
  }
}

/** The page of the bar that an address belongs to: the longest that it begins with. */
const pageOf = (here: string): string | undefined =>
  areas
    .flatMap(({ pages }) => pages.map(({ href }) => href))
    .filter(href => here === href || (href !== paths.overview && here.startsWith(`${href}/`)))
    .toSorted((a, b) => b.length - a.length)[0]

const mayOpenAt = (user: User, href: string): boolean =>
  allPages.some(page => page.path === href && page.method === 'GET' && mayOpen(user, page))
