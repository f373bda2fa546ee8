import { bands, type Band } from '../../../core/bands.ts'
import type { Concern } from '../../../concerns/concern.ts'
import { plainDays, versionWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { recordWords } from './record-words.ts'
import { capital } from '../../../core/capital.ts'

type Thresholds = readonly { readonly band: Band; readonly points: number }[]

/** The score split into its parts: family by family, each with its sentences, records and credits. */
export const partsView = (
  concern: Pick<Concern, 'parts' | 'bonus' | 'points' | 'band' | 'onDay'>,
  thresholds: Thresholds,
) => {
  const strongest = Math.max(1, ...concern.parts.map(part => part.points))
  return {
    heading: headingOf(concern, thresholds),
    rows: concern.parts.map(part => ({
      name: part.familyName,
      points: part.points,
      bar: `${Math.max(0, Math.round((part.points / strongest) * 100))}%`,
      items: part.indicators.map(indicator => ({
        title: `${indicator.title}, version ${versionWords(indicator.version, indicator.edition)}`,
        href: fillPath(paths.indicator, { id: indicator.id }),
        sentence: plainDays(indicator.sentence),
        points: indicator.points,
        evidence: indicator.evidence.length,
        records: recordWords(indicator.evidence),
      })),
      credits: part.credits.map(each => ({ ...each, record: recordWords([each.recordId]) })),
      note: noteOf(part),
    })),
    bonus: concern.bonus,
    noCredits: concern.parts.every(part => part.credits.length === 0),
    total: String(Math.round(concern.points * 10) / 10),
    totalNote:
      'The strongest item of a family counts in full, the second at half; caps and credits are taken off.',
  }
}

const headingOf = (concern: Pick<Concern, 'points' | 'band'>, thresholds: Thresholds): string => {
  const points = `${Math.round(concern.points * 10) / 10} points`
  const needed = thresholds.find(each => each.band === concern.band)
  const next = thresholds[bands.indexOf(concern.band as Band) + 1]
  if (needed === undefined) return `Why it ranks here: ${points}, below every band`
  const further = next === undefined ? '' : `; ${capital(next.band)} needs ${next.points}`
  return `Why it ranks here: ${points}. ${capital(needed.band)} needs ${needed.points}${further}`
}

const noteOf = (part: Concern['parts'][number]): string =>
  [
    part.credit < 0
      ? `${Math.round(part.raw * 10) / 10} ${part.credits.length > 0 ? 'before credits' : 'of its own; only what the families it is drawn from fall short of it counts'}.`
      : '',
    ...(part.voidCredits ?? []).map(
      title => `Lapsed: ${title.toLowerCase()}. The volume is far beyond what the post has.`,
    ),
  ]
    .filter(words => words !== '')
    .join(' ')
