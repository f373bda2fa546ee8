import type { StaffHistory } from '../../../detection/staff-history.ts'
import { countWords, dayWords } from '../../../ui/words.ts'

/**
 * The whole history of a member of staff on one line: every report of intelligence that nobody recorded as resolved, however old,
 * then how many were resolved, and complaints. Empty where there is nothing.
 */
export const staffHistoryLine = ({ open, resolved, complaints, openComplaints }: StaffHistory): string => {
  const told = open.map(
    each =>
      `${each.category.replaceAll('_', ' ')}, ${dayWords(each.receivedOn)}${each.corroborated ? ', corroborated' : ''}`,
  )
  return [
    ...(open.length > 0
      ? [`${countWords(open.length, 'report')} of intelligence not recorded as resolved (${told.join('; ')})`]
      : []),
    ...(resolved > 0 ? [`${countWords(resolved, 'report')} of intelligence recorded as resolved`] : []),
    ...(complaints > 0
      ? [
          `${countWords(complaints, 'complaint')}${openComplaints > 0 ? `, ${openComplaints} of them open` : ''}`,
        ]
      : []),
  ].join('; ')
}
