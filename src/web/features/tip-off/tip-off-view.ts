import { scrubWords } from '../../../access/scrub-words.ts'
import type { Concern } from '../../../concerns/concern.ts'
import type { Notice, TipOff } from '../../../concerns/notices.ts'
import { countWords, dayWords, momentWords, timeWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { noticeFormView, tipOffProblems, type TipOffAgain } from './notice-form.ts'
import { capital } from '../../../core/capital.ts'

type Shown = {
  readonly concern: Pick<Concern, 'ref' | 'staff' | 'person' | 'masked'>
  readonly notices: readonly Notice[]
  readonly seen: readonly TipOff[]
  readonly again: TipOffAgain
  /** How a member of staff or a person may be named to the reader. */
  readonly nameStaff: (staffId: string) => string
  readonly namePerson: (personId: string) => string
}

/** The notices of a concern, each with what was seen after it, and the form for another. */
export const tipOffView = (shown: Shown) => {
  const { concern, notices, again } = shown
  const { ref } = concern
  return {
    title: `After the notice: concern ${ref}`,
    ref,
    concernHref: fillPath(paths.concern, { ref }),
    staff: concern.staff,
    person: concern.person,
    form: noticeFormView(fillPath(paths.tipOff, { ref }), again.notice),
    problems: tipOffProblems(again),
    checkAction: notices.some(each => each.ended === undefined) ? fillPath(paths.checkTipOff, { ref }) : '',
    endAction: fillPath(paths.endTipOff, { ref }),
    notices: notices.map(notice => noticeView(notice, shown)),
  }
}

const noticeView = (notice: Notice, { seen, again, nameStaff, namePerson, concern }: Shown) => {
  const own = seen.filter(each => each.noticeId === notice.id)
  const typed = (words: string): string => (concern.masked ? scrubWords(words) : words)
  const loose = own.filter(each => !each.explained).length
  const people = [...(concern.person === '' ? [] : [concern.person]), ...notice.people.map(namePerson)]
  const end = again.end?.notice === notice.id ? again.end : undefined
  return {
    id: notice.id,
    heading: `${notice.kind}, ${sinceWords(notice.since)}`,
    entered: `${typed(notice.reason)} Entered by ${notice.by} on ${momentWords(notice.at)}.`,
    watched: `${[concern.staff, ...notice.colleagues.map(nameStaff)].join(', ')} with ${people.join(', ')}.`,
    authorisation: notice.authorisation,
    checked:
      notice.checkedAt === undefined ? 'Not checked yet.' : `Last checked ${momentWords(notice.checkedAt)}.`,
    ended:
      notice.ended === undefined
        ? ''
        : `Ended on ${momentWords(notice.ended.at)}: ${typed(notice.ended.reason)}`,
    found:
      own.length === 0
        ? 'The records hold no contact, look-up or stop near an address since then. What they do not hold cannot be seen here.'
        : `${countWords(own.length, 'record')} since then, ${loose} with no recorded reason.`,
    rows: own.map(each => ({
      at: momentWords(each.at),
      who: nameStaff(each.staffId),
      what: each.says,
      whom: capital(namePerson(each.personId)),
      explained: each.explained ? 'A record explains it' : 'No record explains it',
    })),
    endReason: end?.reason ?? '',
    endError: end?.fault ?? '',
  }
}

/** A notice whose time was not known counts from the start of its day, and is named by the day. */
const sinceWords = (since: Date): string =>
  timeWords(since) === '00:00' ? dayWords(since) : momentWords(since)
