/** The request headers of a browser that was given these `set-cookie` headers. Tests only. */
export const appendCookies = (answer: Headers): Headers =>
  new Headers({
    cookie: answer
      .getSetCookie()
      .map(each => each.split(';')[0] ?? '')
      .join('; '),
  })
