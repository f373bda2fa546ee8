import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DrawTemplate } from '../ui/templates.ts'
import type { FormGuard } from './csrf.ts'
import { navigationFor } from './navigation.ts'
import { userOf } from './sessions.ts'

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
    return draw(template, {
      user,
      ...navigationFor(user, request.url.split('?')[0] ?? ''),
      csrf: guard.tokenFor(request, reply),
      problems: [],
      errors: {},
      ...data,
    })
  }
