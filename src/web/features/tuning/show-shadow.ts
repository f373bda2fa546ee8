import { capital } from '../../../core/capital.ts'
import { selectKeptAway, withoutKeptAway } from '../../../access/exclusion-store.ts'
import type { User } from '../../../access/user.ts'
import { labelPair, reviewMask } from '../../../concerns/labels.ts'
import { readShadow } from '../../../detection/shadow.ts'
import { withTunings } from '../../../detection/tunings.ts'
import { readRules } from '../../../tuning/read-rules.ts'
import type { Answer } from '../../define-pages.ts'
import { aboutWords } from '../../about-words.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'

/** Most pairs that are shown. */
const most = 100

/** What an indicator in shadow found: nowhere else, and with masked identities. */
export const showShadow = async (deps: WebDeps, user: User, id: string): Promise<Answer> => {
  const { tunings } = await readRules(deps.store.db)
  const indicator = withTunings(deps.content.indicators, tunings).find(each => each.id === id)
  if (indicator === undefined) return 'missing'
  const found = await readShadow(deps.lake, indicator, most)
  const rows = withoutKeptAway(found.rows, await selectKeptAway(deps.store.db, user.id))
  const mask = reviewMask(deps.maskKey, deps.clock)
  return {
    show: 'tuning/shadow.njk',
    data: {
      title: `In shadow: ${indicator.title}`,
      indicatorHref: fillPath(paths.indicator, { id }),
      inShadow: indicator.status === 'shadow',
      findings: capital(aboutWords(found.findings, 'finding')),
      pairs: aboutWords(found.pairs, 'pair'),
      alsoLive: aboutWords(found.alsoLive, 'pair'),
      cut: found.rows.length >= most,
      shown: rows.length,
      rows: rows.map(row => {
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
