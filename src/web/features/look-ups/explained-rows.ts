/** How many look-ups one kind of record explains; an empty `because` is the residue. */
export type Explained = { readonly because: string; readonly look_ups: number }

/**
 * What explains the look-ups of those days, kind by kind, as shares of the whole: with the figures a reader could subtract what is listed
 * for them, and know how many are kept from them.
 */
export const explainedRows = (explained: readonly Explained[]) => {
  const all = explained.reduce((sum, each) => sum + each.look_ups, 0)
  const left = explained.find(each => each.because === '')?.look_ups ?? 0
  return {
    summary:
      all === 0
        ? 'There are no look-ups in the records.'
        : `${shareOf(all - left, all)} of look-ups have a purpose on record. These are the others.`,
    explained: explained
      .filter(each => each.because !== '')
      .map(each => ({
        because: becauseWords[each.because] ?? each.because.replaceAll('_', ' '),
        share: shareOf(each.look_ups, all),
      })),
  }
}

/** One decimal, and never rounded up to a whole that is not there. */
const shareOf = (part: number, all: number): string =>
  `${(Math.floor((1_000 * part) / all) / 10).toFixed(1)} %`

const becauseWords: Readonly<Record<string, string>> = {
  attendance: 'They were sent to a log of the person',
  allocation: 'They had a part in a case of the person',
  assignment: 'They had a recorded role with the person',
  custody: 'They saw the person in custody',
  stop: 'They stopped the person',
  log_action: 'They worked a log of the person',
  logged_contact: 'They wrote up a contact with the person',
  quoted_reference: 'They quoted a live case of the person that speaks for them',
  recent_reference: 'They quoted a case of the person, never met, that closed in the last four weeks',
  desk: 'A research post quoted a case of the last year',
  team_case: 'Their team had a live case of the person',
  household_case: 'They dealt with somebody of the household',
  same_access: 'They opened a place, number or case, for another person there',
  inbound_contact: 'The person rang the desk within the hour before',
}
