import { paths } from './paths.ts'

/** An address of ours to go on to, as a form carried it; the overview for anything that could lead elsewhere. */
export const ownAddress = (typed: string): string => {
  const here = 'http://here.invalid'
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(typed) || !URL.canParse(typed, here)) return paths.overview
  const url = new URL(typed, here)
  return url.origin === here ? `${url.pathname}${url.search}` : paths.overview
}
