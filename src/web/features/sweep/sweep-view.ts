import type { Authorisation } from '../../../concerns/authorisation.ts'
import type { Concern } from '../../../concerns/concern.ts'
import { readProcessingBases } from '../../../concerns/footing.ts'
import type { Sweep, SweptParty } from '../../../concerns/sweeps.ts'
import type { Indicator } from '../../../detection/indicators.ts'
import { countWords, dayWords, momentWords } from '../../../ui/words.ts'
import { coverageView } from '../../coverage-of.ts'
import { fillPath, paths } from '../../paths.ts'
import { sweepFormView } from './sweep-form.ts'
import { capital } from '../../../core/capital.ts'

type Shown = {
  readonly concern: Pick<Concern, 'ref' | 'staff'>
  /** Newest first. */
  readonly sweeps: readonly Sweep[]
  readonly chosen: Sweep | undefined
  /** Concerns that stand already, by the person each is about. */
  readonly standing: ReadonlyMap<string, string>
  /** The authorisations it may be run under now. */
  readonly held: readonly Authorisation[]
  /** What the form was found to lack. */
  readonly fault: string | undefined
  readonly indicators: readonly Indicator[]
  /** People of whom the reader may learn nothing. */
  readonly without: ReadonlySet<string>
  /** The masked name of somebody. */
  readonly namePerson: (personId: string) => string
}

/** The sweeps of a concern: what the chosen one searched and found, the others, and the form for a new one. */
export const sweepView = (shown: Shown) => {
  const { concern, sweeps, chosen, held, fault } = shown
  const href = fillPath(paths.sweeps, { ref: concern.ref })
  return {
    title: `Other victims: concern ${concern.ref}`,
    ref: concern.ref,
    concernHref: fillPath(paths.concern, { ref: concern.ref }),
    staff: concern.staff,
    form: sweepFormView(concern.ref, held, fault),
    problems: fault === undefined ? [] : [{ href: '#authorisation', text: fault }],
    chosen: chosen === undefined ? undefined : chosenView(chosen, shown),
    earlier: sweeps
      .filter(each => each !== chosen)
      .map(each => ({
        words: `${momentWords(each.at.toISOString())}, ${each.by}, under ${each.authorisation.reference}`,
        href: `${href}?sweep=${each.id}`,
      })),
  }
}

const chosenView = ({ at, by, authorisation, result: whole }: Sweep, shown: Shown) => {
  const listed = whole.listed.filter(each => !shown.without.has(each.party))
  const result = { ...whole, listed, total: whole.total - (whole.listed.length - listed.length) }
  const coverage = coverageView(result.coverage)
  const rest = result.total - result.listed.length
  return {
    ran: `Run on ${momentWords(at.toISOString())} by ${by}`,
    searched: `${countWords(result.people, 'person', 'people')} and ${countWords(result.numbers, 'number')} nobody has, from ${dayWords(result.fromDay)} to ${dayWords(result.toDay)}, in ${result.seconds} s.`,
    leftOut:
      result.organisations === 0
        ? ''
        : `${countWords(result.organisations, 'number')} that many staff ring, such as courts and refuges, left out.`,
    looksFor: result.looksFor,
    coverage,
    basis: readProcessingBases()[authorisation.basis]?.label ?? authorisation.basis,
    authorisation,
    found:
      result.total === 0
        ? 'Nobody else with traces of the same method. That is not proof that there is nobody: see what was not held.'
        : `${countWords(result.total, 'other')} with traces of the same method.`,
    rest: rest > 0 ? `Only the first ${result.listed.length} are listed.` : '',
    oneTrace:
      result.oneTrace > 0
        ? `${countWords(result.oneTrace, 'more has', 'more have')} one kind of trace alone, as ordinary work leaves it, and are not listed.`
        : '',
    rows: result.listed.map(each => rowOf(each, shown)),
  }
}

const rowOf = (each: SweptParty, { indicators, namePerson, standing }: Shown) => {
  const ref = standing.get(each.party)
  const name = namePerson(each.party)
  const titleOf = (id: string): string => indicators.find(one => one.id === id)?.title ?? id
  return {
    who: capital(name),
    vulnerable: each.vulnerable,
    met: each.metOn === '' ? 'Never met on record' : `Met ${dayWords(each.metOn)}`,
    traces: each.traces,
    found: each.same.map(titleOf),
    beside: [...each.beside, ...each.other.map(titleOf)],
    when:
      each.lastOn < each.firstOn
        ? ''
        : each.firstOn === each.lastOn
          ? dayWords(each.firstOn)
          : `${dayWords(each.firstOn)} to ${dayWords(each.lastOn)}`,
    concern: ref === undefined ? undefined : { ref, href: fillPath(paths.concern, { ref }) },
  }
}
