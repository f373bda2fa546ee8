import type { Notice, TipOff } from '../../../concerns/notices.ts'
import { countWords, dayWords, momentWords } from '../../../ui/words.ts'

/** What was seen after each notice of a concern, in a line each; those that were ended say so. */
export const afterNoticeRows = (notices: readonly Notice[], seen: readonly TipOff[]): string[] =>
  notices.map(notice => {
    const own = seen.filter(each => each.noticeId === notice.id)
    const loose = own.filter(each => !each.explained).length
    const found =
      own.length === 0
        ? 'nothing in the records since'
        : `${countWords(own.length, 'contact, look-up or stop', 'contacts, look-ups or stops')} since, ${loose} with no recorded reason`
    const checked =
      notice.checkedAt === undefined ? 'not checked yet' : `checked ${momentWords(notice.checkedAt)}`
    const until = notice.ended === undefined ? checked : `watch ended ${dayWords(notice.ended.at)}`
    return `${notice.kind}, ${dayWords(notice.since)}: ${found} (${until}).`
  })
