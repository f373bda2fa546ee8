import { shareOf } from './bootstrap.ts'
import type { SectionPlan } from './section-plan.ts'
import type { Setting } from './setting.ts'
import { foundOn, type Subject } from './subject.ts'
import { kindOf, trailKinds, type TrailKind } from './trail.ts'

/** Of the offenders missed, what the records hold of them: whether anybody could have found them, and what it would take. */
export const missed = ({ subjects, reviewAt }: Setting): SectionPlan => {
  const visible = (each: Subject) => each.trail !== undefined && each.offending?.dark === false
  const isMissed = (each: Subject) => visible(each) && foundOn(each, reviewAt) === undefined
  const ofKind = (each: Subject, key: TrailKind) =>
    isMissed(each) && each.trail !== undefined && kindOf(each.trail) === key
  const share = (holds: (each: Subject) => boolean, among: (each: Subject) => boolean) =>
    shareOf(
      subjects,
      each => (holds(each) ? 1 : 0),
      each => (among(each) ? 1 : 0),
    )
  return {
    key: 'missed',
    title: 'What was missed, and why',
    about: `Offenders who left a trace and never reached review (${String(reviewAt)} points), by what the records hold of them and those they offended against from the day they began. One kind of evidence alone stops short of review on purpose: a feed may be wrong as a whole. What a record explains is not held against anybody: visits of an officer in charge look like visits of an officer in charge.`,
    columns: [
      { key: 'missed', label: 'Of those missed', unit: 'share' },
      { key: 'visible', label: 'Of all who left a trace', unit: 'share' },
    ],
    rows: [
      {
        key: 'all',
        label: 'All who left a trace and were missed',
        cells: [share(isMissed, isMissed), share(isMissed, visible)],
      },
      ...trailKinds.map(({ key, label }) => ({
        key,
        label,
        cells: [share(each => ofKind(each, key), isMissed), share(each => ofKind(each, key), visible)],
      })),
    ],
  }
}
