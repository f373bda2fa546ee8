type Paged = {
  readonly total: number
  /** From 1. */
  readonly page: number
  readonly perPage: number
  readonly href: (page: number) => string
}

/** The pagination component's data: the ends, the neighbours of this page, gaps between. Nothing where one page holds all. */
export const pagesView = ({ total, page, perPage, href }: Paged) => {
  const last = Math.ceil(total / perPage)
  if (last <= 1) return undefined
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter(each => each >= 1 && each <= last)
  const items = shown.flatMap((number, index) => [
    ...(index > 0 && number - (shown[index - 1] ?? 0) > 1 ? [{ ellipsis: true }] : []),
    { number, href: href(number), current: number === page },
  ])
  return {
    items,
    ...(page > 1 ? { previous: { href: href(page - 1) } } : {}),
    ...(page < last ? { next: { href: href(page + 1) } } : {}),
  }
}
