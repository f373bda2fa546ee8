import type { CheckRow } from './check.ts'
import { stopCauses, type StopCause, type StopComparison } from './peer-stops.ts'

/** A comparison of stops as rows of a report: what agrees, then each cause with its count, then what nothing explains. */
export const comparisonRows = (name: string, theirs: number, comparison: StopComparison): CheckRow[] => {
  const { same, causes, unexplained, oursOnly, sameEnd, endOneLater, notKnown } = comparison
  const differing = (Object.keys(stopCauses) as StopCause[])
    .filter(cause => causes[cause] > 0)
    .map(cause => ({
      name: `${name}: their stops that are no stays of ours`,
      expected: '0',
      got: String(causes[cause]),
      ok: true,
      cause: stopCauses[cause],
    }))
  return [
    {
      name: `${name}: stops`,
      expected: String(theirs),
      got: `${String(same)} agree, ${String(theirs - same)} differ`,
      ok: unexplained.length === 0,
      ...(same === theirs ? {} : { cause: 'each difference is named below' }),
    },
    ...differing,
    {
      name: `${name}: where an agreeing stop ends`,
      expected: String(same),
      got: `${String(sameEnd)} at the same fix, ${String(endOneLater)} of theirs one fix later`,
      ok: true,
      cause:
        'ours ends at the last fix at rest; theirs may end at the first fix outside, or measure its circle from another point',
    },
    {
      name: `${name}: stays of ours that are no stops of theirs`,
      expected: '0',
      got: `${String(oursOnly.length)}, and ${String(notKnown)} silences at one place given as not known`,
      ok: true,
      cause: 'ours asks for one circle wherever it lies',
    },
  ]
}
