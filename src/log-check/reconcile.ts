import type { RowsCheck } from './check-rows.ts'
import type { LogFault } from './log-fault.ts'

/** Something that the application's own tables say was done. */
export type Act = {
  /** The kind of act. */
  readonly what: string
  /** Who did it; null where the table does not say. */
  readonly who: string | null
  readonly subject: string
  readonly at: Date
}

/** How the acts of one kind are compared. */
export type ActKind = {
  readonly what: string
  /** The events of which one must be in the log for it. */
  readonly events: readonly string[]
  /** Whether the table says who. */
  readonly named: boolean
  /** Whether the table says about what. */
  readonly about: boolean
  /** False where rows of the table go in the ordinary course: the log may then well have more. */
  readonly stays: boolean
}

/** An event as it is compared: without its person where the tables do not name one. */
type Named = Pick<Act, 'what' | 'who' | 'subject'>

/**
 * Holds the application's tables and the log against each other: what was done has its entry, and an entry of something done
 * has what was done. An entry that was made anonymous stands for one act of its kind.
 * @param erased references and ids of what was destroyed by the rules: the log goes on telling of it
 */
export const reconcile = (
  actKinds: readonly ActKind[],
  acts: readonly Act[],
  { changes, since }: Pick<RowsCheck, 'changes' | 'since'>,
  erased: ReadonlySet<string> = new Set(),
): LogFault[] => {
  const kinds = new Map(actKinds.map(kind => [kind.what, kind]))
  /** Also an entry of which nobody can tell any more what it is about, once something was destroyed. */
  const isGone = (name: string): boolean => {
    const [, who = '', subject = ''] = name.split('\n')
    if (who === '' && subject === '') return erased.size > 0
    return subject.split(' ').some(each => erased.has(each))
  }
  const done = group(acts.filter(({ at }) => since === undefined || at >= since).map(act => [nameOf(act), 0]))
  const written = group(
    [...changes].flatMap(([name, seqs]) => {
      const [what = '', who = '', subject = ''] = name.split('\n')
      const anonymous = who === '' && subject === ''
      return actKinds
        .filter(({ events }) => events.includes(what))
        .flatMap(kind => {
          const as = { what: kind.what, who: kind.named ? who : null, subject: kind.about ? subject : '' }
          return seqs.map(seq => [anonymous ? `${kind.what}\n` : nameOf(as), seq] as const)
        })
    }),
  )
  const faults: LogFault[] = []
  for (const [name, { length: count }] of done) {
    const missing = count - (written.get(name)?.length ?? 0)
    const anonymous = written.get(`${whatOf(name)}\n`)?.splice(0, Math.max(0, missing)).length ?? 0
    if (missing > anonymous)
      faults.push({
        entry: undefined,
        says: `${wordsOf(name)} is in the casework store, and no entry of the log is about it.`,
      })
  }
  for (const [name, seqs] of written)
    for (const entry of kinds.get(whatOf(name))?.stays === true && !isGone(name)
      ? seqs.slice(done.get(name)?.length ?? 0)
      : [])
      faults.push({
        entry,
        says: `Entry ${entry}, ${wordsOf(name)}, is about something that the casework store no longer has.`,
      })
  return faults
}

const group = (pairs: Iterable<readonly [string, number]>): Map<string, number[]> => {
  const groups = new Map<string, number[]>()
  for (const [name, seq] of pairs) {
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [seq])
    else group.push(seq)
  }
  return groups
}

const nameOf = ({ what, who, subject }: Named): string => `${what}\n${who ?? ''}\n${subject}`

const whatOf = (name: string): string => name.split('\n')[0] ?? ''

const wordsOf = (name: string): string => {
  const [what = '', who = '', subject = ''] = name.split('\n')
  return `“${what}”${who === '' ? '' : ` by ${who}`}${subject === '' ? '' : ` about ${subject}`}`
}
