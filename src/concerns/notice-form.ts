import { ukMoment } from '../core/uk-time.ts'
import { readVocabulary, type Vocabulary } from '../core/read-vocabulary.ts'

/** What somebody typed to have the people of a matter watched for. */
export type NoticeInput = {
  /** Id of a kind of notice. */
  readonly kind: string
  /** `YYYY-MM-DD`, UK. */
  readonly day: string
  /** `HH:MM`, UK; '' for the start of the day. */
  readonly time: string
  /** Ids or numbers of people in the matter beside the concern's own. */
  readonly people: readonly string[]
  /** Staff ids of colleagues to be watched too. */
  readonly colleagues: readonly string[]
  /** Reference of the authorisation to watch colleagues; '' where none are named. */
  readonly authorisation: string
  readonly reason: string
}

export type NoticeFaults = Partial<
  Record<'kind' | 'day' | 'time' | 'people' | 'colleagues' | 'authorisation' | 'reason', string>
>

/** Ids that were typed and that no record knows. */
export type UnknownIds = { readonly staff: readonly string[]; readonly people: readonly string[] }

/** Most people or colleagues that one notice may name. Judgement: more is an investigation of its own. */
const most = 20

/** A notice that can be kept, or a sentence for every field that must be mended. */
export const checkNotice = (
  input: NoticeInput,
  about: { readonly staffId: string; readonly personId: string },
  unknown: UnknownIds,
  now: Date,
  /** Why the authorisation does not cover the colleagues; undefined where it does, or none are named. */
  notCovered: string | undefined,
): { readonly since: Date } | { readonly faults: NoticeFaults } => {
  const faults: { -readonly [Field in keyof NoticeFaults]: NoticeFaults[Field] } = {}
  if (!Object.hasOwn(readNoticeKinds(), input.kind)) faults.kind = 'Select how they came to know'
  const since = ukMoment(input.day, input.time === '' ? '00:00' : input.time)
  if (ukMoment(input.day, '12:00') === undefined)
    faults.day = 'Enter a real day of the notice, such as 27 3 2026'
  else if (since === undefined) faults.time = 'Enter the time of the notice on a 24-hour clock, such as 14:30'
  else if (since > now) faults.day = 'The notice must be in the past'
  const people = peopleFault(input, about, unknown)
  if (people !== undefined) faults.people = people
  const colleagues = colleaguesFault(input, about, unknown)
  if (colleagues !== undefined) faults.colleagues = colleagues
  if (notCovered !== undefined) faults.authorisation = notCovered
  if (input.reason.trim() === '') faults.reason = 'Enter why this must be watched'
  else if (input.reason.length > 4_000) faults.reason = 'Your reason must be 4,000 characters or fewer'
  return since === undefined || Object.keys(faults).length > 0 ? { faults } : { since }
}

const peopleFault = (
  { people }: NoticeInput,
  about: { readonly personId: string },
  unknown: UnknownIds,
): string | undefined => {
  if (about.personId === '' && people.length === 0)
    return 'Enter at least one person in the matter: this concern names none'
  if (people.length > most) return `Enter ${most} people or fewer`
  return unknown.people.length > 0 ? `No record knows ${unknown.people.join(', ')}` : undefined
}

const colleaguesFault = (
  { colleagues }: NoticeInput,
  about: { readonly staffId: string },
  unknown: UnknownIds,
): string | undefined => {
  if (colleagues.length > most) return `Enter ${most} colleagues or fewer`
  if (colleagues.includes(about.staffId))
    return 'The member of staff of this concern is watched anyway: name colleagues only'
  return unknown.staff.length > 0 ? `No record knows ${unknown.staff.join(', ')}` : undefined
}

/**
 * How a member of staff can come to know, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readNoticeKinds = (): Vocabulary => readVocabulary('notice-kinds')
