import { z } from 'zod'
import {
  readProcessingBases,
  type Authorisation,
  type AuthorisationFaults,
} from '../../../concerns/authorisation.ts'

const text = z.string().trim().max(10_000).catch('')
const shape = z.object({ reference: text, basis: text, necessity: text, proportionality: text })

/** What was typed, as an authorisation still to be checked. */
export const readSweepForm = (form: Readonly<Record<string, unknown>>): Authorisation => shape.parse(form)

/** A form that lacks something, as it was typed. */
export type SweepAgain = { readonly typed: Authorisation; readonly faults: AuthorisationFaults }

const nothing: Authorisation = { reference: '', basis: '', necessity: '', proportionality: '' }

/** The form as the page shows it, with what is missing beside its field. */
export const sweepFormView = (action: string, again: SweepAgain | undefined) => {
  const { typed, faults } = again ?? { typed: nothing, faults: {} }
  return {
    action,
    typed,
    errors: faults,
    bases: Object.entries(readProcessingBases()).map(([value, basis]) => ({
      value,
      text: basis.label,
      hint: { text: basis.means },
      checked: typed.basis === value,
    })),
  }
}

/** The links of the error summary, in the order of the form. */
export const sweepProblems = (faults: AuthorisationFaults) =>
  (['reference', 'basis', 'necessity', 'proportionality'] as const).flatMap(field => {
    const text = faults[field]
    return text === undefined ? [] : [{ href: `#${field}`, text }]
  })
