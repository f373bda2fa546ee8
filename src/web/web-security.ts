import type { FastifyHttpOptions, FastifyInstance, RawServerDefault } from 'fastify'
import { answerUnreadable } from './unreadable-request.ts'
import { securityHeaders } from './security-headers.ts'

/** What one visitor may cost. Times in milliseconds. */
export type ClientLimits = {
  /** Until the headers of a request are here in full. */
  readonly headers: number
  /** Until the whole request is here. */
  readonly request: number
  /** How often slow requests are looked for. */
  readonly lookEvery: number
}

const usualLimits: ClientLimits = { headers: 10_000, request: 30_000, lookEvery: 2_000 }

/** Bytes of a form. The longest form, with a passkey's answer and a long reason, is below 40 kB. */
const longestForm = 100_000

/** Bytes of all headers of a request. */
const longestHeaders = 16_384

/** Milliseconds in which no byte passes. Longer than the longest preview takes. */
const longestSilence = 600_000

/** Connections at once. A force's staff are far fewer; more are somebody who holds connections open. */
const mostConnections = 1_000

/**
 * Options of the server that bound what a visitor may send and how slowly, and answer what cannot be read at all.
 */
export const boundedServer = (options: { readonly https: boolean; readonly limits?: ClientLimits }) => {
  const { headers, request, lookEvery } = options.limits ?? usualLimits
  const unreadable = answerUnreadable(securityHeaders(options))
  return {
    bodyLimit: longestForm,
    routerOptions: { maxParamLength: 100 },
    requestTimeout: request,
    connectionTimeout: longestSilence,
    keepAliveTimeout: 20_000,
    http: {
      maxHeaderSize: longestHeaders,
      headersTimeout: headers,
      connectionsCheckingInterval: lookEvery,
      // The runtime would refuse a request without a host by itself, without our headers; ours opens no more than any other.
      requireHostHeader: false,
    },
    clientErrorHandler: unreadable.onSocket,
    frameworkErrors: unreadable.onAddress,
  } satisfies FastifyHttpOptions<RawServerDefault>
}

/** Puts the headers on every answer, and takes forms alone: no JSON, no text, no upload. */
export const setUpWebSecurity = (app: FastifyInstance, options: { readonly https: boolean }): void => {
  const headers = Object.entries(securityHeaders(options))
  app.server.maxConnections = mostConnections
  app.removeAllContentTypeParsers()
  app.addHook('onSend', (_request, reply, _payload, done) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) void reply.header(name, value)
    done()
  })
}
