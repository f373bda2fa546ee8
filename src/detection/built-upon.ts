import type { Indicator } from './indicators.ts'

/** Live indicators that read what another finds, and so may find something else when it does. */
export const builtUpon = (id: string, indicators: readonly Indicator[]): Indicator[] =>
  indicators.filter(each => each.id !== id && each.status === 'live' && reads(each, id))

const reads = ({ query, parameters }: Indicator, id: string): boolean =>
  query.includes('upstander.findings_next') &&
  (query.includes(`'${id}'`) ||
    Object.values(parameters).some(({ value }) => Array.isArray(value) && value.includes(id)))
