import type { Indicator } from '../../../detection/indicators.ts'
import { capital } from '../../../core/capital.ts'
import { settingWords } from '../../../detection/setting-words.ts'
import type { TrackRecord } from '../../../tuning/track-record.ts'
import { feedWords, versionWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

/** One family of the catalogue, as a table. */
export type FamilyView = {
  readonly family: string
  readonly name: string
  readonly cap: number
  readonly rows: readonly {
    readonly href: string
    readonly title: string
    readonly question: string
    readonly points: string
    readonly label: string
    /** One word: what it means stands above the tables. */
    readonly status: string
    /** More false alerts than was promised of it. */
    readonly broken: boolean
  }[]
}

type Families = Readonly<Record<string, { readonly name: string; readonly cap: number }>>

/** The catalogue, family by family, in the order of the matrix. Families without an indicator are left out. */
export const catalogueView = (
  indicators: readonly Indicator[],
  families: Families,
  records: ReadonlyMap<string, Pick<TrackRecord, 'broken'>>,
): FamilyView[] =>
  Object.entries(families)
    .map(([family, { name, cap }]) => ({
      family,
      name,
      cap,
      rows: indicators
        .filter(indicator => indicator.family === family)
        .map(indicator => ({
          href: fillPath(paths.indicator, { id: indicator.id }),
          title: indicator.title,
          question: indicator.question,
          points: indicator.points,
          label: evidenceWords(indicator.evidence.label),
          status: capital(indicator.status),
          broken: records.get(indicator.id)?.broken ?? false,
        })),
    }))
    .filter(({ rows }) => rows.length > 0)

/** Everything the content says about one indicator, with what the unit published over it. */
export const indicatorView = (indicator: Indicator, families: Families, mayTune: boolean) => ({
  title: indicator.title,
  caption: `Indicator${indicator.number === undefined ? '' : ` ${indicator.number}`}, ${families[indicator.family]?.name ?? indicator.family}`,
  question: indicator.question,
  status: statusWords[indicator.status],
  version: versionWords(indicator.version, indicator.edition),
  tuned: indicator.edition > 0,
  tuningHref: mayTune ? fillPath(paths.tuning, { id: indicator.id }) : '',
  shadowHref: mayTune && indicator.status === 'shadow' ? fillPath(paths.shadow, { id: indicator.id }) : '',
  evidence: `${evidenceWords(indicator.evidence.label)}: ${indicator.evidence.source}`,
  pointsWords:
    indicator.weight === 1
      ? indicator.points
      : `${indicator.points} This unit multiplies them by ${indicator.weight}.`,
  unit: unitWords[indicator.unit],
  feeds: indicator.feeds.map(feedWords),
  parameters: Object.entries(indicator.parameters).map(([name, { value, reason }]) => ({
    name: settingWords(name),
    value: (Array.isArray(value) ? value.join(', ') : String(value)).replaceAll('_', ' '),
    reason,
  })),
  lawfulExplanations: indicator.lawful_explanations,
  limits: indicator.limits,
  reviewSteps: indicator.review_steps,
  query: indicator.query,
})

const evidenceWords = (label: Indicator['evidence']['label']): string =>
  label === 'E' ? 'Evidence-informed' : 'Expert judgement'

const statusWords: Readonly<Record<Indicator['status'], string>> = {
  live: 'Live: counts towards a score',
  shadow: 'Shadow: runs, and does not count',
  retired: 'Retired: does not run',
}

const unitWords: Readonly<Record<Indicator['unit'], string>> = {
  pair: 'A member of staff and one member of the public',
  staff: 'A member of staff alone',
  person: 'A member of the public, as context for a pair',
}
