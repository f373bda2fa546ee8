import { dayOf } from '../core/clock.ts'
import type { DetectionRules } from '../detection/detect.ts'
import { usualDraws, type Draws } from './bootstrap.ts'
import { contentFingerprint } from './content-fingerprint.ts'
import { disparity } from './disparity-section.ts'
import type { Evaluation, Section } from './figure.ts'
import { missed } from './missed-section.ts'
import { calibration, footnotes, precision } from './precision-sections.ts'
import { recall, rightPerson, workload } from './recall-sections.ts'
import { falseByRole } from './role-section.ts'
import { measureSections } from './section-plan.ts'
import type { Setting } from './setting.ts'
import { stability, timing } from './timing-sections.ts'

/** Measures everything at once on a force that `readSetting` detected and held against its truth. */
export const evaluate = (
  setting: Setting,
  about: {
    readonly name: string
    readonly on: Date
    readonly draws?: Draws
    /** Those that the setting was read with. */
    readonly rules?: DetectionRules
  },
): Evaluation => {
  const draws = about.draws ?? usualDraws
  const sections = [
    workload,
    recall,
    missed,
    precision,
    falseByRole,
    timing,
    rightPerson,
    calibration,
    stability,
    disparity,
    footnotes,
  ]
  return {
    about: {
      ...aboutOf(setting),
      name: about.name,
      made_on: dayOf(about.on),
      draws: draws.times,
      seed: draws.seed,
      content: contentFingerprint(),
      ...changedBy(about.rules),
    },
    sections: measureSections(
      sections.map(section => section(setting)),
      setting.subjects.length,
      draws,
    ),
  }
}

/** An evaluation with more sections, before its footnote. */
export const withSections = (evaluation: Evaluation, added: readonly Section[]): Evaluation => ({
  ...evaluation,
  sections: [...evaluation.sections.slice(0, -1), ...added, ...evaluation.sections.slice(-1)],
})

const changedBy = (rules: DetectionRules | undefined): Pick<Evaluation['about'], 'changed'> => {
  const { tunings, exceptions, unread = [] } = rules ?? { tunings: [], exceptions: [] }
  return tunings.length === 0 && exceptions.length === 0 && unread.length === 0
    ? {}
    : {
        changed: {
          indicators: tunings.map(each => each.indicator).toSorted(),
          exceptions: exceptions.length,
          unread: unread.toSorted(),
        },
      }
}

const aboutOf = ({ subjects, window, reviewAt, budget }: Setting) => ({
  ...window,
  staff: subjects.length,
  offenders: subjects.filter(each => each.offending !== undefined).length,
  dark: subjects.filter(each => each.offending?.dark).length,
  legitimate_roles: subjects.filter(each => each.roles.length > 0).length,
  review_at: reviewAt,
  budget,
})
