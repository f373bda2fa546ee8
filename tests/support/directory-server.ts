import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { Provider } from 'oidc-provider'

/** Somebody whom the directory knows. */
export type DirectoryEntry = {
  readonly email: string
  readonly name: string
  readonly groups: readonly string[]
  readonly staff_number?: string
}

/** A real OpenID provider on loopback, whose people and whose honesty a test decides. */
export type DirectoryServer = {
  readonly issuer: string
  /** Whom it knows, by the name they type; whoever is taken out is disabled there. */
  readonly people: Map<string, DirectoryEntry>
  /** Changes what its tokens say before they are signed, or who signs them. Undefined: it is honest. */
  /** Tells the service by itself, as a directory does, that somebody’s visit is over. */
  readonly signOut: (login: string, to: string, visit: string) => Promise<void>
  /** A sign-out token with these changes, signed by its own key or by another under the same name. */
  readonly signOutToken: (changes: JWTPayload, by?: 'own' | 'other') => Promise<string>
  tamper: ((claims: JWTPayload, keys: { own: CryptoKey; other: CryptoKey }) => Promise<string>) | undefined
  readonly close: () => Promise<void>
}

/** Signs a token as the directory does. */
export const signToken = (claims: JWTPayload, key: CryptoKey): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key)

export const openDirectoryServer = async (client: {
  readonly id: string
  readonly secret: string
  readonly back: string
  readonly home: string
}): Promise<DirectoryServer> => {
  const own = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256', { extractable: true })
  const listening = createServer()
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const issuer = `http://localhost:${(listening.address() as AddressInfo).port}`
  const people = new Map<string, DirectoryEntry>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.back],
        post_logout_redirect_uris: [client.home],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        // So that its tokens name the visit. Where it tells us is set before each sign-out.
        backchannel_logout_uri: client.home,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(own.privateKey)), kid: 'one', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email'], profile: ['name', 'staff_number'], groups: ['groups'] },
    features: { backchannelLogout: { enabled: true } },
    // Its own way of asking refuses loopback, which is all a test has.
    fetch: (address, options) => {
      const own = Object.entries(options ?? {}).filter(([name]) => name !== 'dispatcher')
      return fetch(address, Object.fromEntries(own))
    },
    scopes: ['openid', 'email', 'profile', 'groups'],
    findAccount: (_, id) => {
      const entry = people.get(id)
      return entry === undefined
        ? undefined
        : { accountId: id, claims: () => ({ sub: id, ...entry, groups: [...entry.groups] }) }
    },
  })
  const server: DirectoryServer = {
    issuer,
    people,
    tamper: undefined,
    signOut: async (login, to, visit) => {
      const known = await provider.Client.find(client.id)
      assert.ok(known)
      // The types do not know this method of the provider's.
      const told = Object.assign(known, { backchannelLogoutUri: to }) as unknown as {
        backchannelLogout: (subject: string, visit: string) => Promise<void>
      }
      await told.backchannelLogout(login, visit)
    },
    signOutToken: (changes, by = 'own') => {
      const iat = Math.floor(Date.now() / 1_000)
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
      const claims = {
        iss: issuer,
        aud: client.id,
        sub: 'ann',
        iat,
        exp: iat + 120,
        jti: randomUUID(),
        events,
      }
      return signToken({ ...claims, ...changes }, { own, other }[by].privateKey)
    },
    close: async () => {
      listening.closeAllConnections()
      listening.close()
      await once(listening, 'close')
    },
  }
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { id_token?: string } | undefined
    if (context.path !== '/token' || server.tamper === undefined || body?.id_token === undefined) return
    const keys = { own: own.privateKey, other: other.privateKey }
    context.body = { ...body, id_token: await server.tamper(decodeJwt(body.id_token), keys) }
  })
  const answer = provider.callback()
  listening.on('request', (request, reply) => {
    void answer(request, reply)
  })
  return server
}

/** A browser at the directory: signs in as somebody and gives back the address it is sent to at the end. */
export const signInAtDirectory = async (url: string, login: string): Promise<string> => {
  const cookies = new Map<string, string>()
  let next = url
  let form: URLSearchParams | undefined
  for (let hops = 0; hops < 12; hops++) {
    const reply = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    form = undefined
    const location = reply.headers.get('location')
    if (location !== null) {
      const to = new URL(location, next)
      if (to.origin !== new URL(url).origin) return to.href
      next = to.href
      continue
    }
    const page = await reply.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (prompt === undefined || action === undefined)
      throw new Error(`The directory is stuck: ${page.slice(0, 300)}`)
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt })
    next = new URL(action, next).href
  }
  return 'nowhere'
}
