import type { Indicator } from '../../../detection/indicators.ts'
import type { PatternSeen } from '../../../detection/patterns.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { capital } from '../../../core/capital.ts'

/**
 * The patterns that a concern's records show, and those they do not, each with what it rests on. The words are about records
 * throughout: nobody is called by a pattern's name.
 * @param name how a person of the records may be named to the reader
 */
export const patternRows = (
  seen: readonly PatternSeen[],
  indicators: readonly Indicator[],
  name: (personId: string) => string,
) =>
  seen.map(({ pattern, shows, count, restsOn, alike }) => ({
    name: pattern.name,
    literature: pattern.literature,
    shows,
    says: saysOf({ pattern, shows, count, alike }),
    next: shows ? pattern.next : '',
    restsOn: restsOn.map(each => ({
      who: pattern.scope === 'all_people' ? capital(name(each.personId)) : '',
      title: indicators.find(one => one.id === each.indicator)?.title ?? each.indicator,
      href: fillPath(paths.indicator, { id: each.indicator }),
      on: dayWords(each.lastOn),
    })),
  }))

const saysOf = ({
  pattern,
  shows,
  count,
  alike,
}: Pick<PatternSeen, 'pattern' | 'shows' | 'count' | 'alike'>): string => {
  const counted =
    pattern.count === 'people'
      ? countWords(count, 'person', 'people')
      : countWords(count, 'kind of sign', 'kinds of sign')
  const within = `in the ${pattern.days} days before the score`
  if (!shows) return `${counted} ${within}, and it takes ${pattern.at_least}.`
  const others =
    alike === undefined
      ? ''
      : ` ${alike.staff} of ${countWords(alike.of, 'member of staff', 'members of staff')} have as many.`
  return `${counted} ${within}.${others}`
}
