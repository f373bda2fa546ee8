import { bands } from '../../../core/bands.ts'
import { dispositions } from '../../../concerns/dispositions.ts'
import type { InnocentExplanation } from '../../../concerns/innocent-explanations.ts'
import { statuses, type Concern } from '../../../concerns/concern.ts'
import type { Notice, TipOff } from '../../../concerns/notices.ts'
import type { Indicator } from '../../../detection/indicators.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import type { Prior } from '../../../detection/prior.ts'
import { dayWords, momentWords, plainDays, timeWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import type { ConcernRecord } from './concern-record.ts'
import { declaredRows } from './declared-view.ts'
import { explanationRows } from './explanations-view.ts'
import type { FrequencyView } from './frequency-view.ts'
import { decisionFormView, decisionProblems, type DecisionAgain } from './form-view.ts'
import { historyRows } from './history-view.ts'
import { partsView } from './parts-view.ts'
import { patternRows } from './patterns-view.ts'
import { priorView } from './prior-view.ts'
import { afterNoticeRows } from './after-notice-view.ts'
import { recusalView } from './recusal-view.ts'
import { nextStepsView } from './next-steps-view.ts'
import { recordRows, unexplainedLink } from './records-view.ts'
import { recordWords } from './record-words.ts'
import { staffHistoryLine } from './staff-history-line.ts'
import { timelineView } from './timeline-view.ts'
import { unmaskView } from './unmask-view.ts'
import { wordsDayRows } from './words-view.ts'
import { capital } from '../../../core/capital.ts'

type Shown = {
  readonly concern: Concern
  readonly record: ConcernRecord
  readonly matrix: Matrix
  readonly explanations: readonly InnocentExplanation[]
  readonly frequency: FrequencyView
  /** How many the reader supposes to offend. */
  readonly prior: Prior
  readonly mayDecide: boolean
  readonly mayLookFurther: boolean
  readonly mayAskAuthorisation: boolean
  readonly notices: readonly Notice[]
  readonly seen: readonly TipOff[]
  readonly mayOpenWords: boolean
  readonly indicators: readonly Indicator[]
  /** How somebody else than the concern's own person is named. */
  readonly namePerson: (personId: string) => string
  /** What was typed and found wanting. */
  readonly again?: DecisionAgain | undefined
  readonly unmaskAgain?: { readonly reason: string; readonly error: string } | undefined
  readonly recusalAgain?: { readonly error: string } | undefined
}

/** Who a concern is about, as it may be shown. */
export const headingOf = ({ staff, person }: Pick<Concern, 'staff' | 'person'>): string =>
  person === '' ? `${staff}, about them alone` : `${staff} and ${person}`

/** The concern page: the sentence first, then the evidence with coverage and decision beside it. */
export const concernView = (shown: Shown) => {
  const { concern, record, matrix, mayDecide, again, unmaskAgain, recusalAgain } = shown
  const { ref } = concern
  return {
    // No name in the title, masked or not: browsers keep it.
    title: `Concern ${ref}`,
    ref,
    heading: headingOf(concern),
    band: concern.band,
    openedAt: concern.openedAt,
    due: concern.dueOn,
    late: concern.late,
    masked: concern.masked,
    status: statusWords(concern),
    closed: concern.status === 'closed',
    account: plainDays(concern.account),
    staffHistory: staffHistoryLine(record.staffHistory),
    frequency: shown.frequency,
    next: nextStepsView({ ...shown, explanations: record.explanations }),
    prior: priorView(concern.points, concern.band, matrix, shown.prior, {
      action: fillPath(paths.concern, { ref }),
      days: record.choice,
    }),
    coverage: record.coverage,
    form: mayDecide
      ? decisionFormView({ ref, version: concern.version, explanations: shown.explanations, again })
      : undefined,
    problems: [
      ...decisionProblems(again?.errors ?? {}),
      ...(unmaskAgain === undefined ? [] : [{ href: '#unmask-reason', text: unmaskAgain.error }]),
      ...(recusalAgain === undefined ? [] : [{ href: '#knows', text: recusalAgain.error }]),
    ],
    unmask: unmaskView(concern, unmaskAgain),
    recusal: recusalView(ref, recusalAgain),
    undo: undoView(concern),
    takenBack: takenBackWords(concern),
    pdfHref: fillPath(paths.concernPdf, { ref }),
    further: shown.mayLookFurther
      ? {
          sweepsHref: fillPath(paths.sweeps, { ref }),
          tipOffHref: fillPath(paths.tipOff, { ref }),
          keptFromHref: fillPath(paths.keptFrom, { ref }),
          systemAuditHref: fillPath(paths.systemAudit, { ref }),
        }
      : undefined,
    authorisationsHref: shown.mayAskAuthorisation ? fillPath(paths.concernAuthorisations, { ref }) : '',
    afterNotice: afterNoticeRows(shown.notices, shown.seen),
    ...timelineOf(concern, record),
    declared: declaredRows(record.facts),
    wordsDays: shown.mayOpenWords ? wordsDayRows(ref, record.wordsDays) : [],
    parts: partsView({ ...concern, parts: record.parts }, matrix.bands),
    patterns: patternRows(record.patterns, shown.indicators, personId =>
      personId === concern.pair.personId ? concern.person : shown.namePerson(personId),
    ),
    explanations: explanationRows(
      record.explanations,
      record.window.facts,
      concern.parts.flatMap(part => part.voidCredits ?? []),
    ).map(row => ({ ...row, records: recordWords(row.records) })),
    history: historyRows(concern),
  }
}

const timelineOf = (concern: Concern, record: ConcernRecord) => {
  const href = fillPath(paths.concern, { ref: concern.ref })
  const { window } = record
  const recordsHref = `${fillPath(paths.concernRecords, { ref: concern.ref })}?days=${record.choice}`
  return {
    timeline:
      record.facts.length === 0
        ? undefined
        : {
            ...timelineView({
              facts: window.facts,
              fromDay: window.fromDay,
              toDay: window.toDay,
              reached: bands.flatMap(band => {
                const on = concern.reachedOn[band]
                return on === null ? [] : [{ band: capital(band), on }]
              }),
              missing: record.coverage.missing,
            }),
            window: window.words,
          },
    noTimeline:
      concern.person === ''
        ? 'There is no timeline: this concern is about the member of staff alone, and no one person’s records belong to it. These are the records behind it.'
        : 'The records hold nothing for this pair. They may have been deleted since the concern was raised.',
    behind: concern.person === '' ? recordsBehind(record.parts) : [],
    zooms: record.links.map(link => ({ ...link, href: `${href}${link.href}` })),
    cut: record.cut,
    records: recordRows(window.facts),
    recordsHref,
    unexplained: unexplainedLink(window.facts, recordsHref),
  }
}

/** The records behind a concern without a timeline, each with what it speaks for. */
const recordsBehind = (parts: Concern['parts']) =>
  parts.flatMap(part =>
    part.indicators.flatMap(each =>
      each.evidence.map(id => ({
        record: recordWords([id]),
        title: each.title,
        family: part.familyName,
        lastOn: each.lastOn,
      })),
    ),
  )

const statusWords = (concern: Concern): string => {
  if (concern.status === 'to_review') return ''
  const until = concern.watchUntil === undefined ? '' : `: ${dayWords(concern.watchUntil)}`
  return `${statuses[concern.status]}${until}`
}

/** What is said while nothing has happened since a decision was taken back: the form alone does not show that it was. */
const takenBackWords = ({ history, status }: Concern): string => {
  const last = history[0]
  return last?.kind === 'undone' && status !== 'closed'
    ? `The decision was taken back on ${momentWords(last.at)}. Nothing is decided now.`
    : ''
}

const undoView = (concern: Concern) => {
  const last = concern.dispositions[0]
  if (concern.undoUntil === undefined || last === undefined) return undefined
  return {
    said: `You decided: ${dispositions[last.kind].label.replace('…', '')}`,
    until: timeWords(concern.undoUntil),
    action: fillPath(paths.undoDecision, { ref: concern.ref }),
  }
}
