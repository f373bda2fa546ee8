import { auditEvents } from '../../../audit/audit-events.ts'
import { readUnmaskQuota } from '../../../concerns/unmask-quota.ts'
import type { OwnLookUps } from '../../../detection/own-look-ups.ts'
import { countWords, dayWords, momentWords, timeWords } from '../../../ui/words.ts'
import type { Sampled } from '../../../watching/dip-sample-store.ts'
import type { Watching } from '../../../watching/read-watching.ts'
import { fillPath, paths } from '../../paths.ts'

/** A judgement that lacked something, as it was typed. */
export type JudgeAgain = {
  readonly seq: number
  readonly outcome: string
  readonly note: string
  readonly field: 'outcome' | 'note'
  readonly fault: string
}

type Shown = {
  readonly watching: Watching
  readonly lookUps: readonly OwnLookUps[]
  /** Names of unit staff by their staff id. */
  readonly staffNames: ReadonlyMap<string, string>
  /** Id of the reader: nobody judges their own entries. */
  readonly reader: string
  readonly again: JudgeAgain | undefined
}

/** How the unit reads, for the auditor: whom to ask about what. Nobody whom a record is about is in it. */
export const watchingView = (shown: Shown) => {
  const { watching, lookUps, staffNames, again } = shown
  const { rules, names, since } = watching
  const quota = readUnmaskQuota()
  const nameOf = (who: string): string => names.get(who) ?? 'An account that is gone, or the machine'
  const meaning = (what: string): string =>
    Object.hasOwn(auditEvents, what) ? auditEvents[what as keyof typeof auditEvents] : what
  return {
    title: 'Watching the unit',
    since: dayWords(since),
    rules: {
      inARow: `${rules.in_a_row.concerns} or more different concerns, each within ${rules.in_a_row.gap_seconds} seconds of the one before.`,
      hours: `Before ${rules.hours.from}:00 or from ${rules.hours.to}:00 on, on a Saturday, a Sunday or a bank holiday. UK time.`,
      quota: `One person is shown ${quota.concerns} different concerns in ${quota.days} days at most. These asked for more, or agreed to it.`,
      firstEver: `By people who have worked here for ${rules.first_ever.after_days} days or more.`,
    },
    own: [
      ...lookUps.map(each => ({
        who: staffNames.get(each.staffId) ?? 'A member of the unit',
        what: `${lookUpWords[each.of]} in the force’s systems, ${countWords(each.times, 'time')}`,
        when: spanWords(new Date(each.firstAt), new Date(each.lastAt)),
        records: each.records,
      })),
      ...watching.ownSearches.map(each => ({
        who: nameOf(each.who),
        what: `Searched the review queue for themselves or somebody close, ${countWords(each.times, 'time')}`,
        when: momentWords(each.lastAt),
        records: [],
      })),
    ],
    beyondQuota: watching.beyondQuota.map(each => ({
      who: nameOf(each.who),
      what: `Refused ${countWords(each.times, 'time')}`,
      when: momentWords(each.lastAt),
    })),
    inARow: watching.inARow.map(each => ({
      who: nameOf(each.who),
      what: `${countWords(each.concerns, 'concern')} in ${minutesWords(each.firstAt, each.lastAt)}`,
      when: momentWords(each.firstAt),
    })),
    outOfHours: watching.outOfHours.map(each => ({
      who: nameOf(each.who),
      what: countWords(each.entries, 'reading'),
      when: `${dayWords(each.day)}, ${timeWords(each.firstAt)} to ${timeWords(each.lastAt)}`,
    })),
    firstEver: watching.firstEver.map(each => ({
      who: nameOf(each.who),
      what: meaning(each.what),
      when: momentWords(each.at),
    })),
    sample: sampleView(watching, nameOf, meaning, shown),
    problems: again === undefined ? [] : [{ href: `#${again.field}-${again.seq}`, text: again.fault }],
  }
}

const lookUpWords = {
  self: 'Looked themselves up',
  address: 'Looked their own address up',
  close: 'Looked up a partner, a relative or somebody else close',
} as const satisfies Record<OwnLookUps['of'], string>

const spanWords = (from: Date, to: Date): string =>
  dayWords(from) === dayWords(to) ? momentWords(to) : `${dayWords(from)} to ${dayWords(to)}`

const minutesWords = (from: Date, to: Date): string =>
  countWords(Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000)), 'minute')

const sampleView = (
  { months, month, sampled, rules }: Watching,
  nameOf: (who: string) => string,
  meaning: (what: string) => string,
  { reader, again }: Shown,
) => {
  const chosen = months.find(each => each.month === month)
  if (chosen === undefined) return undefined
  const done = sampled.filter(each => each.judged !== undefined).length
  return {
    heading: `Sample of ${monthWords(month)}`,
    words:
      chosen.population === 0
        ? 'Nobody read police data in that month: there was nothing to draw from.'
        : `${countWords(sampled.length, 'entry', 'entries')} drawn at random from ${countWords(chosen.population, 'reading')} on ${dayWords(chosen.drawnAt)}; ${done} looked at.`,
    seed: chosen.seed,
    others: months
      .filter(each => each.month !== month)
      .map(each => ({ words: monthWords(each.month), href: `${paths.watching}?month=${each.month}#sample` })),
    rows: sampled.map(each => ({
      seq: each.seq,
      who: nameOf(each.who),
      what: meaning(each.what),
      about: each.subject,
      why: each.why,
      when: momentWords(each.at),
      from: each.cameFrom,
      judged: judgedWords(each, rules.outcomes),
      form: each.who === reader ? undefined : formOf(each, rules.outcomes, again),
    })),
  }
}

const judgedWords = ({ judged }: Sampled, outcomes: Watching['rules']['outcomes']): string =>
  judged === undefined
    ? ''
    : `${outcomes[judged.outcome]?.label ?? judged.outcome}: ${judged.note} ${judged.by}, ${dayWords(judged.at)}.`

const formOf = ({ seq }: Sampled, outcomes: Watching['rules']['outcomes'], again: JudgeAgain | undefined) => {
  const typed = again?.seq === seq ? again : undefined
  return {
    action: fillPath(paths.judgeSampled, { seq: String(seq) }),
    open: typed !== undefined,
    note: typed?.note ?? '',
    outcomeError: typed?.field === 'outcome' ? typed.fault : '',
    noteError: typed?.field === 'note' ? typed.fault : '',
    outcomes: Object.entries(outcomes).map(([value, { label, means }]) => ({
      value,
      text: label,
      hint: { text: means },
      checked: typed?.outcome === value,
    })),
  }
}

/** "May 2026". */
const monthWords = (month: string): string => dayWords(`${month}-01`).replace(/^\d+ /, '')
