import type { RecordedFact } from '../../../detection/pair-record.ts'
import { momentWords } from '../../../ui/words.ts'
import type { TimelineScale } from './timeline-scale.ts'

/** How a mark is read: each has its own row, shape and tone, so that no reader depends on colour. */
export const markKinds = ['off', 'on', 'unknown', 'explained', 'explained-off', 'plain'] as const

export type MarkKind = (typeof markKinds)[number]

export type Mark = {
  readonly kind: MarkKind
  /** Share of the width, such as `12.5%`. */
  readonly x: string
  readonly y: number
  /** How many facts stand here; drawn inside the mark from two up. */
  readonly count: number
  readonly title: string
}

/** Marks nearer than this share of the width would overlap: they become one, with a number in it. */
const apart = 1 / 36

const rowOf: Readonly<Record<MarkKind, number>> = {
  off: 14,
  on: 34,
  unknown: 34,
  explained: 53,
  'explained-off': 53,
  plain: 17,
}

/** The row of every mark in a lane that has only one. */
const singleRow = 17

/** Whether a record explains a fact, and if none does, what the member of staff was doing. */
const markKindOf = (fact: RecordedFact): MarkKind => {
  const off = fact.duty === 'off' || fact.duty === 'absent'
  if (fact.explained === true) return off ? 'explained-off' : 'explained'
  if (off) return 'off'
  return fact.duty === 'not_known' || fact.duty === '' ? 'unknown' : 'on'
}

/**
 * Point facts as marks, those that would overlap joined.
 * @param same the kind of every mark, in a lane that does not ask whether a record explains it
 */
export const marksOf = (
  facts: readonly RecordedFact[],
  scale: TimelineScale,
  same: MarkKind | undefined,
): Mark[] => {
  const byRow = Map.groupBy(facts, fact => rowOf[same ?? markKindOf(fact)])
  return [...byRow.values()].flatMap(ofRow =>
    clusters(ofRow, scale).map(cluster => ({
      kind: same ?? kindOfAll(cluster.facts),
      x: `${Math.round(cluster.share * 10_000) / 100}%`,
      y: same === undefined ? rowOf[kindOfAll(cluster.facts)] : singleRow,
      count: cluster.facts.length,
      title: titleOf(cluster.facts),
    })),
  )
}

/** A joined mark takes the kind that asks for more attention: off duty before on duty, known before not known. */
const kindOfAll = (facts: readonly RecordedFact[]): MarkKind => {
  const kinds = new Set(facts.map(markKindOf))
  return attention.find(kind => kinds.has(kind)) ?? 'plain'
}

const attention: readonly MarkKind[] = ['off', 'on', 'unknown', 'explained-off', 'explained']

type Cluster = { share: number; facts: RecordedFact[] }

/** Neighbours are joined until every two stand apart. A cluster stands at the mean of its facts. */
const clusters = (facts: readonly RecordedFact[], scale: TimelineScale): Cluster[] => {
  const joined: Cluster[] = []
  for (const fact of facts) {
    let next: Cluster = { share: scale.shareOf(Date.parse(fact.at)), facts: [fact] }
    for (
      let last = joined.at(-1);
      last !== undefined && next.share - last.share < apart;
      last = joined.at(-1)
    ) {
      joined.pop()
      const [before, after] = [last.facts.length, next.facts.length]
      next = {
        share: (last.share * before + next.share * after) / (before + after),
        facts: last.facts.concat(next.facts),
      }
    }
    joined.push(next)
  }
  return joined
}

const titleOf = (facts: readonly RecordedFact[]): string => {
  const [first, last] = [facts[0], facts.at(-1)]
  if (first === undefined || last === undefined) return ''
  return facts.length === 1
    ? `${momentWords(first.at)}: ${first.text}`
    : `${facts.length} from ${momentWords(first.at)} to ${momentWords(last.at)}`
}
