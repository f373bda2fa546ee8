import type { Concern } from '../../../concerns/concern.ts'
import { dispositions } from '../../../concerns/dispositions.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import type { Paper, PaperBlock } from '../../../ui/paper.ts'
import { dayWords, momentWords, plainDays, timeWords } from '../../../ui/words.ts'
import type { ConcernRecord } from './concern-record.ts'
import { headingOf } from './concern-view.ts'
import { explanationRows } from './explanations-view.ts'
import type { FrequencyView } from './frequency-view.ts'
import { details, type PaperDetail } from './paper-detail.ts'
import { explanationBlocks } from './paper-explanations.ts'
import { partsBlocks } from './paper-parts.ts'

type Printed = {
  readonly concern: Concern
  readonly record: ConcernRecord
  readonly matrix: Pick<Matrix, 'bands'>
  readonly frequency: FrequencyView
  /** Who prints it, and when: it stands on the paper, as in the log. */
  readonly by: string
  readonly at: Date
}

/**
 * A concern as it is printed, from the fullest to the briefest: what does not fit one page is told in fewer words, and the paper
 * says what it leaves out. The page in the app has all of it.
 */
export const concernPapers = (printed: Printed): readonly [Paper, ...Paper[]] => [
  concernPaper(printed, details[0]),
  ...details.slice(1).map(detail => concernPaper(printed, detail)),
]

/** A concern as it is printed: the sentence first, then what it rests on, and what could explain it. Names as the reader may see them. */
const concernPaper = (
  { concern, record, matrix, frequency, by, at }: Printed,
  detail: PaperDetail,
): Paper => {
  const { ref } = concern
  const explanations = explanationRows(
    record.explanations,
    record.window.facts,
    concern.parts.flatMap(part => part.voidCredits ?? []),
  )
  return {
    title: `Concern ${ref}`,
    blocks: [
      { kind: 'title', text: `${headingOf(concern)}: ${bandWords(concern.band)}` },
      { kind: 'quiet', text: standingOf(concern) },
      { kind: 'quiet', text: namesOf(concern, at) },
      { kind: 'strong', text: plainDays(concern.account) },
      { kind: 'text', text: frequency.sentence },
      { kind: 'quiet', text: frequency.basis.join(' ') },
      ...partsBlocks({ ...concern, parts: record.parts }, matrix, detail),
      { kind: 'heading', text: 'Innocent explanations, tested' },
      ...explanationBlocks(explanations, detail),
      { kind: 'heading', text: 'Coverage' },
      { kind: 'text', text: coverageWords(record) },
      { kind: 'heading', text: 'Decision' },
      { kind: 'text', text: decisionOf(concern, detail) },
      { kind: 'quiet', text: detail.leftOut },
    ].filter((block): block is PaperBlock => !('text' in block) || block.text !== ''),
    foot: `Concern ${ref}, printed from Upstander by ${by} on ${momentWords(at)}, which is in the log. A score ranks what a person reads and decides nothing; missing data is not innocence, and not guilt.`,
  }
}

const bandWords = (band: Concern['band']): string => (band === 'none' ? 'below every band' : band)

const standingOf = (concern: Concern): string =>
  [
    `Concern ${concern.ref}`,
    `opened ${dayWords(concern.openedAt)}`,
    `as detection had it on ${dayWords(concern.onDay)}`,
    ...(concern.dueOn === undefined
      ? []
      : [`${concern.late ? 'decision overdue since' : 'decide by'} ${dayWords(concern.dueOn)}`]),
  ].join(', ') + '.'

const monthFormat = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
})

const namesOf = ({ masked, shownUntil }: Concern, at: Date): string =>
  masked
    ? `Identities are masked. The masked names hold for ${monthFormat.format(at)}.`
    : `Identities are shown: they were unmasked for this reader${shownUntil === undefined ? '' : `, until ${dayWords(shownUntil)}, ${timeWords(shownUntil)}`}. Keep this paper as you would keep the records.`

const coverageWords = ({ coverage }: ConcernRecord): string => {
  const missing = coverage.feeds.filter(feed => !feed.held)
  return missing.length === 0
    ? coverage.summary
    : `${coverage.summary} Short: ${missing.map(feed => `${feed.name} (${feed.words})`).join('; ')}.`
}

const decisionOf = ({ dispositions: made }: Concern, { letters }: Pick<PaperDetail, 'letters'>): string => {
  const last = made.find(each => each.undoneAt === undefined)
  return last === undefined
    ? 'None recorded.'
    : `${dispositions[last.kind].label.replace('…', '')}, by ${last.by} on ${momentWords(last.at)}, at ${bandWords(last.band)}: ${shortened(last.reason, letters)}`
}

const shortened = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, letters).trimEnd()}… (cut)`
