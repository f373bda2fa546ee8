import { readWarningSigns } from '../../detection/warning-signs.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

/** Every warning sign, what watches for it, from which feeds, and what no record can show. */
export const warningSignsPage: ReferencePage = {
  file: 'warning-signs.md',
  write: () => {
    const groups = readWarningSigns()
    const signs = groups.flatMap(group => group.signs)
    const dark = signs.filter(each => each.indicators.length === 0).length
    return page('Warning signs', [
      `${String(signs.length)} signs that policing has written down, in our own words. ${String(dark)} of them no record can show: there somebody has to tell, and confidential reporting is the way. Of the others, what still cannot be seen is said beside what can.`,
      ...groups.flatMap(group => [
        `## ${group.title}`,
        table(
          ['sign', 'watched for by', 'from these feeds', 'what no record can show'],
          group.signs.map(each => [
            each.sign,
            each.indicators
              .map(
                ({ number, id, title }) =>
                  `${number === undefined ? '' : `${String(number)} `}${title} (${code(id)})`,
              )
              .join('; ') || 'nothing: see confidential reporting',
            each.feeds.join(', '),
            each.unseen,
          ]),
        ),
      ]),
    ])
  },
}
