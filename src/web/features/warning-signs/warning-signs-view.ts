import type { WarningSignGroup } from '../../../detection/warning-signs.ts'
import { countWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

/** The page of warning signs: each with the indicators that watch for it, their feeds, and what no record can show. */
export const warningSignsView = (groups: readonly WarningSignGroup[]) => {
  const signs = groups.flatMap(group => group.signs)
  const dark = signs.filter(each => each.indicators.length === 0).length
  return {
    title: 'Warning signs',
    summary: `${countWords(signs.length, 'sign')} that policing has written down. ${
      signs.length - dark
    } can leave a trace in a record; ${dark} cannot.`,
    groups: groups.map((group, at) => ({
      id: `signs-${at + 1}`,
      title: group.title,
      signs: group.signs.map(each => ({
        sign: each.sign,
        indicators: each.indicators.map(({ id, number, title, status }) => ({
          href: fillPath(paths.indicator, { id }),
          title: number === undefined ? title : `${number} ${title}`,
          shadow: status === 'shadow',
        })),
        feeds: each.feeds.map(feed => feed.replaceAll('_', ' ')).join(', '),
        unseen: each.unseen,
      })),
    })),
  }
}
