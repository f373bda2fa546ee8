import type { Band, BandNow } from '../core/bands.ts'
import type { DispositionKind } from './dispositions.ts'
import type { StandingPart } from './standing.ts'
import { statuses, type Status } from './statuses.ts'

export { statuses, type Status }

/** What can happen to a concern, in the words of its history. */
export const historyKinds = {
  opened: 'Opened',
  joined: 'New evidence joined',
  evidence_gone: 'Evidence no longer counts',
  band_changed: 'Band changed',
  returned: 'Back in the queue',
  decided: 'Decided',
  undone: 'Decision taken back',
  reopened: 'Reopened',
  recused: 'Taken off the concern',
  swept: 'Swept for other victims',
  noticed: 'Watched since a notice',
  tip_off: 'Seen after the notice',
  notice_ended: 'No longer watched',
  authorisation_asked: 'Authorisation asked for',
  authorisation_granted: 'Authorisation granted',
  authorisation_refused: 'Authorisation refused',
  authorisation_reviewed: 'Authorisation reviewed',
  authorisation_ended: 'Authorisation ended',
  glass_broken: 'Opened in an emergency',
  unmask_asked: 'Unmasking asked for',
  unmasked: 'Unmasked',
} as const satisfies Record<string, string>

export type HistoryKind = keyof typeof historyKinds

/** What a history row carries; which fields are there depends on its kind. */
export type HistoryDetail = {
  /** A sentence that says what happened, without names. */
  readonly says: string
  readonly bandFrom?: BandNow
  readonly bandTo?: BandNow
  readonly pointsFrom?: number
  readonly pointsTo?: number
  /** Evidence that is new, or that no longer counts. */
  readonly evidence?: readonly string[]
  /** Indicators that the new evidence speaks for. */
  readonly indicators?: readonly {
    readonly id: string
    readonly title: string
    readonly sentence: string
    readonly points: number
  }[]
}

export type HistoryRow = {
  readonly at: Date
  readonly kind: HistoryKind
  /** Name of the person who did it; undefined where detection did. */
  readonly by: string | undefined
  readonly detail: HistoryDetail
}

export type Disposition = {
  readonly kind: DispositionKind
  /** Id of an innocent explanation; `no_concern` only. */
  readonly explanation: string | undefined
  /** `YYYY-MM-DD`; `keep_watching` only. */
  readonly until: string | undefined
  readonly reason: string
  readonly by: string
  readonly at: Date
  /** The band and points it was decided on. */
  readonly band: BandNow
  readonly points: number
  readonly undoneAt: Date | undefined
}

/** A concern as the queue shows it. */
export type ConcernRow = {
  /** Random, like `K7Q2-9MXD`. */
  readonly ref: string
  /** Whom it is about, as it may be shown: `Staff 7F3A9` while masked, the staff id after a recorded unmask. */
  readonly staff: string
  /** `person 91CQ7`, `number 91CQ7`, the id or number after a recorded unmask, or '' when it is about the member of staff alone. */
  readonly person: string
  readonly masked: boolean
  /** For reading the lake on this person's behalf; never shown while `masked`. */
  readonly pair: { readonly staffId: string; readonly personId: string }
  readonly status: Status
  readonly band: BandNow
  readonly points: number
  /** Plain English, scrubbed while masked. */
  readonly account: string
  readonly parts: readonly StandingPart[]
  readonly bonus: number
  readonly openedAt: Date
  /** Since when it waits for a decision; undefined when it does not. */
  readonly waitingSince: Date | undefined
  /** Decide by this day, `YYYY-MM-DD`: three working days after it began to wait. */
  readonly dueOn: string | undefined
  readonly late: boolean
  /** `YYYY-MM-DD`. */
  readonly watchUntil: string | undefined
  readonly closedAt: Date | undefined
  /** The day of the last detection that spoke of it. */
  readonly onDay: string
}

/** A concern as its page shows it. */
export type Concern = ConcernRow & {
  readonly reachedOn: Readonly<Record<Band, string | null>>
  readonly evidence: readonly {
    readonly id: string
    readonly firstSeenAt: Date
    readonly goneAt: Date | undefined
  }[]
  /** Newest first. */
  readonly history: readonly HistoryRow[]
  /** Newest first. */
  readonly dispositions: readonly Disposition[]
  /** Until when the person who asks may take back the last disposition. */
  readonly undoUntil: Date | undefined
  /** What the person who asks may do about the mask: ask, wait for a second person's answer, or nothing. */
  readonly unmask: 'may_ask' | 'asked' | 'shown' | 'no'
  /** Until when the identities are shown to the person who asks. */
  readonly shownUntil: Date | undefined
  /** Others who ask to be shown; only for a person who may grant it. */
  readonly asking: readonly {
    readonly id: string
    readonly by: string
    readonly reason: string
    readonly at: Date
    /** How many concerns they were shown in the last thirty days. */
    readonly shownLately: number
  }[]
  /** Goes up with every change that matters to a decision. */
  readonly version: number
}
