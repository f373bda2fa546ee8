import type { Status } from './statuses.ts'

type Workflow = {
  readonly label: string
  readonly hint: string
  /** Fields that must be filled besides the reason, which always must. */
  readonly needs: readonly ('explanation' | 'until')[]
  readonly leadsTo: Status
}

/** What a person may decide about a concern, what they must say, and where it leads. */
export const dispositions = {
  no_concern: {
    label: 'No concern, explained by…',
    hint: 'Closes the concern. New evidence opens it again.',
    needs: ['explanation'],
    leadsTo: 'closed',
  },
  keep_watching: {
    label: 'Keep watching until…',
    hint: 'Leaves the queue until that day, or until the band rises.',
    needs: ['until'],
    leadsTo: 'watching',
  },
  develop: {
    label: 'Develop',
    hint: 'An investigator takes it further.',
    needs: [],
    leadsTo: 'developing',
  },
  cannot_tell: {
    label: 'Cannot tell',
    hint: 'Closes the concern without clearing anybody. New evidence opens it again.',
    needs: [],
    leadsTo: 'closed',
  },
} as const satisfies Record<string, Workflow>

export type DispositionKind = keyof typeof dispositions

/** Every disposition, in the order a form shows them. */
export const dispositionKinds = Object.keys(dispositions) as readonly DispositionKind[]

/** Whether a word is a disposition. */
export const isDispositionKind = (word: string): word is DispositionKind => Object.hasOwn(dispositions, word)

/** Minutes in which the person who recorded a disposition may take it back. */
export const undoMinutes = 10

/** Longest that a concern may be kept under watch without another look, in days. Judgement. */
export const longestWatchDays = 180
