import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../core/errors.ts'

/** Draws a page that belongs to no feature, with the layout's own data added. */
export type ShowPlain = (
  request: FastifyRequest,
  reply: FastifyReply,
  template: string,
  data: { readonly title: string; readonly reference?: string },
) => string

/** One answer for what is not there and for what the person may not see: a different page would tell them that it exists. */
export const showMissing = (show: ShowPlain, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(show(request, reply, 'layouts/missing.njk', { title: 'Page not found' }))

/**
 * Faults give a person a reference and nothing else; the reference and the place go to the server's own log.
 * What is not found, and what is refused, is the same page.
 */
export const setUpErrorPages = (app: FastifyInstance, show: ShowPlain): void => {
  app.setNotFoundHandler((request, reply) => showMissing(show, request, reply))
  app.setErrorHandler((thrown, request, reply) => {
    if (thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'REFUSED'))
      return showMissing(show, request, reply)
    const status = statusOf(thrown)
    if (status === 429)
      return reply
        .code(429)
        .type('text/html; charset=utf-8')
        .send(show(request, reply, 'layouts/too-many.njk', { title: 'Too many tries' }))
    if (status < 500)
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .send(show(request, reply, 'layouts/refused-form.njk', { title: 'This form could not be used' }))
    const reference = randomBytes(4).toString('hex').toUpperCase()
    request.log.error({ reference, page: request.routeOptions.url, err: thrown }, 'a page failed')
    return reply
      .code(500)
      .type('text/html; charset=utf-8')
      .send(show(request, reply, 'layouts/fault.njk', { title: 'Something went wrong', reference }))
  })
}

const statusOf = (thrown: unknown): number => {
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' ? status : 500
}
