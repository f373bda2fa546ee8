import { parseCookies } from 'better-auth/cookies'

type CookieOptions = {
  readonly https: boolean
  /** Seconds; 0 takes the cookie away. */ readonly maxAge: number
}

/** Over https the name itself keeps other hosts of the domain from setting it. */
const fullName = (name: string, https: boolean): string => (https ? `__Host-${name}` : name)

/** A `set-cookie` line that scripts cannot read. Lax: signing in with the force's directory comes back from another site. */
export const cookieLine = (name: string, value: string, { https, maxAge }: CookieOptions): string =>
  `${fullName(name, https)}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`

/** The value of a cookie that `cookieLine` made; undefined when there is none. */
export const readCookie = (headers: Headers, name: string, https: boolean): string | undefined =>
  parseCookies(headers.get('cookie') ?? '').get(fullName(name, https))
