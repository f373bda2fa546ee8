import { addDays } from '../core/clock.ts'
import { isAuthorisationKind, readAuthorisationKinds, type AuthorisationKind } from './authorisation-kinds.ts'
import { footingFaults, type Footing } from './footing.ts'

/** What somebody typed to ask for an authorisation. */
export type AuthorisationInput = Footing & {
  /** Id of a kind. */
  readonly kind: string
  /** First and last day of the records, `YYYY-MM-DD`. */
  readonly fromOn: string
  readonly toOn: string
  /** How many days it is to last, as typed. */
  readonly days: string
  /** Staff ids of colleagues; only for a watch on colleagues. */
  readonly colleagues: readonly string[]
}

export type AuthorisationFaults = Partial<Record<keyof AuthorisationInput, string>>

/** Most colleagues that one authorisation may name. Judgement: more is an investigation of its own. */
const mostColleagues = 20

/** An authorisation that can be asked for, or a sentence for every field that must be mended. */
export const checkAuthorisation = (
  input: AuthorisationInput,
  about: {
    readonly staffId: string
    /** Kinds that the person who asks may make use of. */
    readonly kinds: readonly AuthorisationKind[]
    /** `YYYY-MM-DD`. */
    readonly today: string
    /** Staff ids that were typed and that no record knows. */
    readonly unknown: readonly string[]
  },
): { readonly kind: AuthorisationKind; readonly days: number } | { readonly faults: AuthorisationFaults } => {
  const { kind } = input
  const faults: { -readonly [Field in keyof AuthorisationFaults]: AuthorisationFaults[Field] } = {}
  const known = isAuthorisationKind(kind) && about.kinds.includes(kind) ? kind : undefined
  if (known === undefined) faults.kind = 'Select what the authorisation is for'
  const longest = known === undefined ? 90 : readAuthorisationKinds()[known].longest_days
  const days = /^\d{1,4}$/.test(input.days.trim()) ? Number(input.days) : 0
  if (days < 1 || days > longest) faults.days = `Enter how many days it is to last, from 1 to ${longest}`
  if (!isDay(input.fromOn)) faults.fromOn = 'Enter a real first day of the records, such as 27 3 2026'
  if (!isDay(input.toOn)) faults.toOn = 'Enter a real last day of the records, such as 27 6 2026'
  else if (isDay(input.fromOn) && input.toOn < input.fromOn)
    faults.toOn = 'The last day of the records must be the first day or later'
  else if (input.toOn > addDays(about.today, longest))
    faults.toOn = `The last day of the records must be at most ${longest} days from today`
  const colleagues = known === 'colleague_watch' ? colleaguesFault(input, about) : undefined
  if (colleagues !== undefined) faults.colleagues = colleagues
  Object.assign(faults, footingFaults(input))
  return known === undefined || Object.keys(faults).length > 0 ? { faults } : { kind: known, days }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text

const colleaguesFault = (
  { colleagues }: AuthorisationInput,
  { staffId, unknown }: { readonly staffId: string; readonly unknown: readonly string[] },
): string | undefined => {
  if (colleagues.length === 0) return 'Enter at least one colleague'
  if (colleagues.length > mostColleagues) return `Enter ${mostColleagues} colleagues or fewer`
  if (colleagues.includes(staffId))
    return 'The member of staff of this concern is watched anyway: name colleagues only'
  return unknown.length > 0 ? `No record knows ${unknown.join(', ')}` : undefined
}
