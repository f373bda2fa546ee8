import type { MaskWith } from '../../../access/mask.ts'
import { can, type User } from '../../../access/user.ts'
import { kindsFor } from '../../../concerns/ask-authorisation.ts'
import type { Authorisation } from '../../../concerns/authorisation.ts'
import type { AuthorisationFaults } from '../../../concerns/authorisation-form.ts'
import { isAuthorisationKind, readAuthorisationKinds } from '../../../concerns/authorisation-kinds.ts'
import { dayOf } from '../../../core/clock.ts'
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

/** A form that lacks something, as it was typed. */
export type Again = {
  readonly ask?: { readonly typed: TypedAuthorisation; readonly faults: AuthorisationFaults }
  readonly act?: ActAgain
}

/** The authorisations of one concern, and the form that asks for another. */
export const concernAuthorisationsView = (
  seen: Seen & { readonly ref: string; readonly wanted: string; readonly again: Again },
) => {
  const { ref, user, now, wanted, again } = seen
  const typed = again.ask?.typed ?? freshAuthorisation(dayOf(now), wanted)
  const faults = again.ask?.faults ?? {}
  return {
    title: `Authorisations: concern ${ref}`,
    ref,
    concernHref: fillPath(paths.concern, { ref }),
    wanted:
      wanted !== '' && isAuthorisationKind(wanted)
        ? `This needs an authorisation in force: ${readAuthorisationKinds()[wanted].label.toLowerCase()}. Ask for one below.`
        : '',
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
