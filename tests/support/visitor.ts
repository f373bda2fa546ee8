import { load, type CheerioAPI } from 'cheerio'
import type { FastifyInstance } from 'fastify'

/** A page as a test reads it. */
export type Seen = {
  readonly status: number
  /** Where a redirect leads; empty when it does not. */
  readonly location: string
  readonly body: string
  /** The same as it came: a file is no text. */
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly $: CheerioAPI
}

/** A browser without a screen: keeps cookies, and sends forms with the token of the page it last saw. */
export type Visitor = {
  readonly get: (path: string) => Promise<Seen>
  /** Asks for the head of an answer alone. */
  readonly head: (path: string) => Promise<Seen>
  readonly post: (path: string, form: Readonly<Record<string, string>>) => Promise<Seen>
  readonly signIn: (person: { readonly email: string; readonly password: string }) => Promise<Visitor>
}

/** @param held cookies that the browser has already, such as that of a visit that was opened without the form */
export const visit = (app: FastifyInstance, held: Readonly<Record<string, string>> = {}): Visitor => {
  const cookies = new Map<string, string>(Object.entries(held))
  let token = ''
  const send = async (method: 'GET' | 'HEAD' | 'POST', path: string, payload?: string): Promise<Seen> => {
    const reply = await app.inject({
      method,
      url: path,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge } of reply.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    const $ = load(reply.body)
    token = $('input[name=_csrf]').first().attr('value') ?? token
    return {
      status: reply.statusCode,
      location: reply.headers.location ?? '',
      body: reply.body,
      bytes: reply.rawPayload,
      headers: reply.headers,
      $,
    }
  }
  const visitor: Visitor = {
    get: path => send('GET', path),
    head: path => send('HEAD', path),
    post: (path, form) => send('POST', path, new URLSearchParams({ _csrf: token, ...form }).toString()),
    signIn: async person => {
      await visitor.get('/sign-in')
      const { status, location } = await visitor.post('/sign-in', person)
      if (status !== 303 || location !== '/') throw new Error(`${person.email} could not sign in: ${status}`)
      // Forms belong to a visit: one of a page from before signing in is refused. The help writes nothing to the log.
      await visitor.get('/help')
      return visitor
    },
  }
  return visitor
}
