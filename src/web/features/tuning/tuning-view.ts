import { can, type User } from '../../../access/user.ts'
import type { Indicator } from '../../../detection/indicators.ts'
import {
  changesThatDoNotFit,
  noChanges,
  withChanges,
  type TuningChanges,
} from '../../../detection/tunings.ts'
import type { DraftFaults, TypedDraft } from '../../../tuning/read-draft-changes.ts'
import { words } from '../../../tuning/read-draft-changes.ts'
import type { StoredDraft, StoredEdition } from '../../../tuning/tuning-store.ts'
import { momentWords, versionWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { tuningFormView, tuningProblems, typedOf } from './tuning-form.ts'

/** What was typed and has to be mended. */
export type TuningAgain = {
  readonly typed?: TypedDraft
  readonly faults?: DraftFaults
  /** Why publishing could not be asked for, and the reason that was typed. */
  readonly ask?: { readonly fault: string; readonly reason: string }
  /** Why nothing was done, as a sentence. */
  readonly notice?: string
}

type Shown = {
  readonly user: User
  /** As the content has it. */
  readonly indicator: Indicator
  readonly draft: StoredDraft | undefined
  /** Newest first. */
  readonly editions: readonly StoredEdition[]
  readonly again: TuningAgain
}

/** How an indicator is tuned: what runs now, the draft, who has to agree, and every edition there was. */
export const tuningView = ({ user, indicator, draft, editions, again }: Shown) => {
  const current = editions[0]
  const laid = current?.changes ?? noChanges
  const running = withChanges(indicator, laid)
  const lost = changesThatDoNotFit(indicator, laid)
  const mayTune = can(user, 'tune-indicators')
  const typed = again.typed ?? typedOf(indicator, draft?.changes ?? laid)
  const faults = again.faults ?? {}
  const problems = [
    ...tuningProblems(faults),
    ...(again.ask === undefined ? [] : [{ href: '#reason', text: again.ask.fault }]),
  ]
  return {
    title: `Tune: ${indicator.title}`,
    id: indicator.id,
    indicatorHref: fillPath(paths.indicator, { id: indicator.id }),
    notice: again.notice ?? '',
    problems,
    running: {
      version: versionWords(indicator.version, current?.edition),
      status: running.status,
      changes: changeWords(indicator, laid),
    },
    lost: lost.map(words),
    older:
      current !== undefined && current.contentVersion !== indicator.version && current.rolledBackTo !== 0
        ? `The change that runs was published over version ${current.contentVersion}; it is supplied at version ${indicator.version} now. Preview it again.`
        : '',
    form:
      mayTune && indicator.status !== 'retired'
        ? {
            ...tuningFormView(indicator, typed, faults),
            action: fillPath(paths.tuning, { id: indicator.id }),
            hasDraft: draft !== undefined,
          }
        : undefined,
    draft: draft === undefined ? undefined : draftView(user, indicator, draft, again),
    editions: editionRows(indicator, editions, mayTune),
  }
}

const draftView = (user: User, indicator: Indicator, draft: StoredDraft, again: TuningAgain) => {
  const id = indicator.id
  const mine = draft.madeBy === user.id
  const waits = draft.askedAt !== undefined
  return {
    version: draft.version,
    words: `${mine ? 'You' : draft.madeByName} drafted this on ${momentWords(draft.changedAt)}.`,
    changes: changeWords(indicator, draft.changes),
    waits,
    reason: draft.reason,
    asked: waits
      ? `${mine ? 'You' : draft.madeByName} asked on ${momentWords(draft.askedAt)} to publish it.`
      : '',
    stale: draft.contentVersion !== indicator.version,
    agree: waits && !mine && can(user, 'agree-tuning') ? fillPath(paths.publishTuning, { id }) : '',
    waitsForOther: waits && mine,
    sendBack: waits ? fillPath(paths.returnTuning, { id }) : '',
    sendBackWords: mine ? 'Take the request back' : 'Send it back',
    ask:
      can(user, 'tune-indicators') && !waits
        ? {
            action: fillPath(paths.askTuning, { id }),
            reason: again.ask?.reason ?? draft.reason,
            error: again.ask?.fault ?? '',
          }
        : undefined,
    discard: can(user, 'tune-indicators') ? fillPath(paths.discardTuning, { id }) : '',
  }
}

/** What changes do, one line each; none where it is as the content has it. */
const changeWords = (indicator: Indicator, changes: TuningChanges): string[] => {
  const lines = Object.entries(changes.parameters).map(
    ([name, value]) =>
      `${words(name)}: ${text(value)} instead of ${text(indicator.parameters[name]?.value ?? 'nothing')}`,
  )
  if (changes.weight !== 1) lines.push(`Points multiplied by ${changes.weight}`)
  if (changes.status === 'shadow') lines.push('Runs in shadow: adds no points')
  if (changes.status === 'live') lines.push('Counts towards a score, where it was supplied in shadow')
  return lines
}

const text = (value: number | string | readonly string[]): string =>
  typeof value === 'object' ? value.join(', ') : String(value)

const editionRows = (indicator: Indicator, editions: readonly StoredEdition[], mayTune: boolean) => {
  const action = mayTune ? fillPath(paths.rollBackTuning, { id: indicator.id }) : ''
  const rows = editions.map((each, at) => ({
    edition: each.edition,
    name: versionWords(each.contentVersion, each.edition),
    changes: changeWords(indicator, each.changes),
    reason: each.reason,
    who: each.agreedByName === '' ? each.madeByName : `${each.madeByName}, agreed by ${each.agreedByName}`,
    at: momentWords(each.at),
    runs: at === 0,
    rollBack: at === 0 ? '' : action,
  }))
  if (rows.length === 0) return []
  return [
    ...rows,
    {
      edition: 0,
      name: versionWords(indicator.version),
      changes: [],
      reason: 'Came with the product',
      who: '–',
      at: '–',
      runs: false,
      rollBack: action,
    },
  ]
}
