import { labelPair, reviewMask } from '../../../concerns/labels.ts'
import { readShadow } from '../../../detection/shadow.ts'
import { withTunings } from '../../../detection/tunings.ts'
import { readRules } from '../../../tuning/read-rules.ts'
import type { Answer } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'

/** Most pairs that are shown. */
const most = 100

/** What an indicator in shadow found: nowhere else, and with masked identities. */
export const showShadow = async (deps: WebDeps, id: string): Promise<Answer> => {
  const { tunings } = await readRules(deps.store.db)
  const indicator = withTunings(deps.content.indicators, tunings).find(each => each.id === id)
  if (indicator === undefined) return 'missing'
  const found = await readShadow(deps.lake, indicator, most)
  const mask = reviewMask(deps.maskKey, deps.clock)
  return {
    show: 'tuning/shadow.njk',
    data: {
      title: `In shadow: ${indicator.title}`,
      indicatorHref: fillPath(paths.indicator, { id }),
      inShadow: indicator.status === 'shadow',
      findings: found.findings,
      pairs: found.pairs,
      alsoLive: found.alsoLive,
      shown: found.rows.length,
      rows: found.rows.map(row => {
        const labels = labelPair(mask, row, false)
        return {
          who: [labels.staff, labels.person].filter(name => name !== '').join(' and '),
          foundOn: row.foundOn,
          points: row.points,
          sentence: labels.clean(row.sentence),
        }
      }),
    },
  }
}
