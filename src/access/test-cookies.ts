/** The request headers of a browser that was given these `set-cookie` lines, on top of others it holds. Tests only. */
export const withCookies = (lines: readonly string[], before = new Headers()): Headers => {
  const headers = new Headers(before)
  const held = before.get('cookie')
  const given = lines.map(each => each.split(';')[0] ?? '')
  headers.set('cookie', [...(held === null ? [] : [held]), ...given].join('; '))
  return headers
}
