import { bandRank } from '../../../core/bands.ts'
import { labelPair } from '../../../concerns/labels.ts'
import type { MaskWith } from '../../../access/mask.ts'
import type { PreviewPair, TuningPreview } from '../../../detection/preview-tuning.ts'
import { dispositions } from '../../../concerns/dispositions.ts'
import type { JudgedDisposition, JudgedPreview } from '../../../tuning/judge-preview.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { aboutWords } from '../../about-words.ts'
import { fillPath, paths } from '../../paths.ts'

/** Most pairs of one list that are shown; the rest are counted. */
const most = 25

/** What a draft would have meant, for a person who decides whether to publish it. */
export const previewView = (
  preview: TuningPreview,
  judged: JudgedPreview,
  given: { readonly mask: MaskWith; readonly inShadow: boolean },
) => {
  const { mask, inShadow } = given
  const { raised, dropped, moved, reversed, agreeing, perWeek } = judged
  const quiet = raised.length + dropped.length + moved.length === 0
  return {
    span: `${dayWords(preview.fromOn)} to ${dayWords(preview.toOn)}`,
    seconds: preview.seconds.toFixed(1),
    left: (preview.left ?? []).map(title => `“${title}”`).join(' and '),
    summary: quiet
      ? 'No pair would have been in another band.'
      : `${countWords(raised.length, 'pair')} would have been raised for review, ${countWords(dropped.length, 'pair')} dropped from it, and ${countWords(moved.length, 'pair')} moved to another band.`,
    blind: judged.blind && !inShadow,
    figures: [
      {
        what: 'Findings of this indicator',
        before: aboutWords(preview.findingsBefore, 'finding'),
        after: aboutWords(preview.findingsAfter, 'finding'),
      },
      {
        what: `New reviews a week, against a budget of ${figureWords(perWeek.allowed)}`,
        before: halves(perWeek.before),
        after: halves(perWeek.after),
      },
    ],
    over:
      perWeek.after <= perWeek.allowed
        ? ''
        : `With this draft the new reviews go over the budget${perWeek.before > perWeek.allowed ? ', as they do now' : ''}.`,
    groups: [
      { id: 'raised', title: 'Would have been raised', pairs: raised },
      { id: 'dropped', title: 'Would have been dropped', pairs: dropped },
      { id: 'moved', title: 'Would have moved to another band', pairs: moved },
    ]
      .filter(({ pairs }) => pairs.length > 0)
      .map(({ id, title, pairs }) => ({
        id,
        title,
        rows: pairs.slice(0, most).map(pair => pairRow(pair, mask)),
        more: Math.max(0, pairs.length - most),
      })),
    reversed: reversed.map(each => dispositionRow(each, mask)),
    agreeing: agreeing.length,
  }
}

/** To the nearest half: a year has 52 weeks, so that a half is 26 pairs, and no single one can be told from it. */
const halves = (figure: number): string =>
  figure < 0.25 ? 'fewer than 0.5' : `about ${(Math.round(figure * 2) / 2).toFixed(1)}`

/** One decimal, or as many as a small figure needs to be told from none. */
const figureWords = (figure: number): string =>
  figure > 0 && figure < 0.1 ? figure.toFixed(3) : figure.toFixed(1)

const pairRow = (pair: PreviewPair, mask: MaskWith) => {
  const { staff, person } = labelPair(mask, pair, false)
  return {
    who: person === '' ? `${staff} alone` : `${staff} and ${person}`,
    bandBefore: pair.bandBefore,
    bandAfter: pair.bandAfter,
    points: `${pair.pointsBefore.toFixed(1)} to ${pair.pointsAfter.toFixed(1)}`,
    up: bandRank(pair.bandAfter) > bandRank(pair.bandBefore),
  }
}

const effectWords = {
  hidden: 'The draft would never have shown it',
  back: 'The draft would bring it back, higher than when it was closed',
  spared: 'The draft would have spared it',
} as const

const dispositionRow = (each: JudgedDisposition, mask: MaskWith) => {
  const { staff, person } = labelPair(mask, each, false)
  return {
    href: fillPath(paths.concern, { ref: each.ref }),
    ref: each.ref,
    who: person === '' ? `${staff} alone` : `${staff} and ${person}`,
    decided: `${dispositions[each.kind].label.replace('…', '')}, at ${each.band}, ${dayWords(each.at)}`,
    effect: effectWords[each.effect],
  }
}
