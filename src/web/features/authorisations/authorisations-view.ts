import type { MaskWith } from '../../../access/mask.ts'
import { can, type User } from '../../../access/user.ts'
import { kindsFor } from '../../../concerns/ask-authorisation.ts'
import { stateOf, type Authorisation } from '../../../concerns/authorisation.ts'
import type { AuthorisationFaults } from '../../../concerns/authorisation-form.ts'
import { isAuthorisationKind, readAuthorisationKinds } from '../../../concerns/authorisation-kinds.ts'
import { dayWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import {
  authorisationFormView,
  authorisationProblems,
  freshAuthorisation,
  type TypedAuthorisation,
} from './authorisation-form.ts'
import { actProblem, authorisationView, type ActAgain } from './authorisation-view.ts'

type Seen = {
  readonly user: User
  readonly mask: MaskWith
  readonly now: Date
  /** Newest first. */
  readonly authorisations: readonly Authorisation[]
}

/** What somebody wanted to read when they were led here: which kind, and which day of the records. Each may be empty. */
export type Wanted = { readonly kind: string; readonly day: string }

/** A form that lacks something, as it was typed. */
export type Again = {
  readonly ask?: { readonly typed: TypedAuthorisation; readonly faults: AuthorisationFaults }
  readonly act?: ActAgain
}

/** The authorisations of one concern, and the form that asks for another. */
export const concernAuthorisationsView = (
  seen: Seen & {
    readonly ref: string
    readonly wanted: Wanted
    /** The last day of the records, `YYYY-MM-DD`. */
    readonly lastDay: string
    readonly again: Again
  },
) => {
  const { ref, user, wanted, lastDay, again } = seen
  const typed = again.ask?.typed ?? freshAuthorisation({ ...wanted, lastDay })
  const faults = again.ask?.faults ?? {}
  return {
    title: `Authorisations: concern ${ref}`,
    ref,
    concernHref: fillPath(paths.concern, { ref }),
    wanted: wantedWords(seen),
    rows: seen.authorisations.map(each => authorisationView(each, seen, again.act)),
    form: authorisationFormView(
      fillPath(paths.concernAuthorisations, { ref }),
      typed,
      faults,
      kindsFor(user),
    ),
    problems: [...(again.act === undefined ? [] : [actProblem(again.act)]), ...authorisationProblems(faults)],
  }
}

/** Why somebody who wanted to read deeper was led here. */
const wantedWords = ({ wanted: { kind, day }, authorisations, now }: Seen & { wanted: Wanted }): string => {
  if (!isAuthorisationKind(kind)) return ''
  const what = readAuthorisationKinds()[kind].label.toLowerCase()
  const of = authorisations.filter(each => each.kind === kind).map(each => stateOf(each, now))
  if (day !== '' && of.includes('in_force'))
    return `The authorisation in force does not cover ${dayWords(day)}. Ask below for one whose days hold it.`
  if (of.includes('asked'))
    return `This needs an authorisation in force: ${what}. One is asked for, and waits for another person to grant it.`
  return `This needs an authorisation in force: ${what}. Ask for one below.`
}

/** The register of every authorisation the reader may know of. */
export const registerView = (seen: Seen) => {
  const rows = seen.authorisations.map(each => authorisationView(each, seen))
  return {
    title: 'Authorisations',
    opens: can(seen.user, 'ask-authorisation'),
    warnings: rows.filter(row => row.warning !== '').length,
    waiting: rows.filter(row => row.waits),
    open: rows.filter(row => row.open),
    others: rows.filter(row => !row.open && !row.waits),
  }
}
