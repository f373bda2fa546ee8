/** What the records hold of an offender and of those they offended against, since they began. */
export type Trail = {
  /** Contacts, look-ups and visits to the home. */
  readonly events: number
  /** Of these, the ones no record explains. */
  readonly unexplained: number
  /** Families of indicators that found something about a victim: what a victim is like does not count, and history has no victim. */
  readonly families: number
}

export type TrailKind = (typeof trailKinds)[number]['key']

/** How far what the records hold came, the nearest to review first. */
export const trailKinds = [
  { key: 'several', label: 'Found by several kinds of evidence, with too few points' },
  { key: 'one', label: 'Found by one kind of evidence alone' },
  { key: 'unnoticed', label: 'Something unexplained, but less than any indicator asks for' },
  { key: 'explained', label: 'Everything explained by a record, such as a live case of theirs' },
  { key: 'nothing', label: 'No contact, look-up or visit in the records' },
] as const

/** The one kind a trail is of. */
export const kindOf = ({ events, unexplained, families }: Trail): TrailKind => {
  if (families > 1) return 'several'
  if (families === 1) return 'one'
  if (unexplained > 0) return 'unnoticed'
  return events > 0 ? 'explained' : 'nothing'
}
