import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DrawTemplate } from '../ui/templates.ts'
import type { FormGuard } from './csrf.ts'
import { mayOpen } from './may-open.ts'
import { allPages } from './page-list.ts'
import { paths } from './paths.ts'
import { userOf } from './sessions.ts'

/** The bar at the top: only what this person may open is in it. */
const bar = [
  { text: 'Overview', href: paths.overview },
  { text: 'Review queue', href: paths.queue },
  { text: 'Look-ups', href: paths.lookUps },
  { text: 'Authorisations', href: paths.authorisations },
  { text: 'Break-glass', href: paths.breakGlass },
  { text: 'Watching the unit', href: paths.watching },
  { text: 'Feeds', href: paths.feeds },
  { text: 'Rejected records', href: paths.rejects },
  { text: 'Indicators', href: paths.indicators },
  { text: 'Exceptions', href: paths.exceptions },
  { text: 'Retention', href: paths.retention },
  { text: 'Accounts', href: paths.accounts },
  { text: 'Confirm roles', href: paths.roleRequests },
  { text: 'Log', href: paths.log },
  { text: 'Help', href: paths.help },
] as const

/** Draws a page with what every page has: who is signed in, the bar, the token for its forms. */
export const showWithLayout =
  ({ draw, guard }: { draw: DrawTemplate; guard: FormGuard }) =>
  (
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    data: { readonly title: string },
  ): string => {
    const user = userOf(request)
    const here = request.url.split('?')[0] ?? ''
    const navigation = bar
      .filter(({ href }) =>
        allPages.some(page => page.path === href && page.method === 'GET' && mayOpen(user, page)),
      )
      .filter(() => user !== undefined)
      .map(item => ({
        ...item,
        active: item.href === paths.overview ? here === item.href : here.startsWith(item.href),
      }))
    return draw(template, {
      user,
      navigation,
      csrf: guard.tokenFor(request, reply),
      problems: [],
      errors: {},
      ...data,
    })
  }
