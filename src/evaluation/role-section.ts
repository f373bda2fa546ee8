import { shareOf } from './bootstrap.ts'
import type { Setting } from './setting.ts'
import type { SectionPlan } from './section-plan.ts'
import { everReached, type Subject } from './subject.ts'

const columns = [
  { key: 'review', label: 'Reviewed, of 100', unit: 'per_100' },
  { key: 'watch', label: 'Watched, of 100', unit: 'per_100' },
  { key: 'develop', label: 'Develop, of 100', unit: 'per_100' },
  { key: 'priority', label: 'Priority, of 100', unit: 'per_100' },
] as const

/** Innocent staff reviewed, for each lawful pattern that looks like abuse, and for everybody else. */
export const falseByRole = (setting: Setting): SectionPlan => {
  const { subjects, bandPoints } = setting
  const innocent = subjects.filter(each => each.offending === undefined)
  const roles = [...new Set(innocent.flatMap(each => each.roles))].toSorted()
  const rowOf = (key: string, label: string, holds: (each: Subject) => boolean) => {
    const member = (each: Subject) => each.offending === undefined && holds(each)
    const reached = (points: number) =>
      shareOf(
        subjects,
        each => (member(each) && everReached(each, points) ? 1 : 0),
        each => (member(each) ? 1 : 0),
      )
    return { key, label, cells: columns.map(({ key: band }) => reached(bandPoints[band])) }
  }
  return {
    key: 'false_by_role',
    title: 'Innocent staff reviewed',
    about:
      'Of 100 innocent members of staff in each legitimate role that brings much contact, those about whom anything reached each band, or a higher one, in all the days evaluated. With a few in a role the interval is wide, and says so.',
    columns: [...columns],
    rows: [
      rowOf('any_role', 'Any legitimate role', each => each.roles.length > 0),
      rowOf('ordinary', 'All other innocent staff', each => each.roles.length === 0),
      ...roles.map(role => rowOf(role, role.replaceAll('_', ' '), each => each.roles.includes(role))),
    ],
  }
}
