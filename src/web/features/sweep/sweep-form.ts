import { z } from 'zod'
import type { Authorisation } from '../../../concerns/authorisation.ts'
import { dayWords, momentWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

const shape = z.object({ authorisation: z.string().trim().max(100).catch('') })

/** The reference of the authorisation that was chosen. */
export const readSweepForm = (form: Readonly<Record<string, unknown>>): string =>
  shape.parse(form).authorisation

/** The form: which authorisation in force the sweep is run under, or where to ask for one. */
export const sweepFormView = (ref: string, held: readonly Authorisation[], fault: string | undefined) => ({
  action: fillPath(paths.sweeps, { ref }),
  askHref: `${fillPath(paths.concernAuthorisations, { ref })}?for=sweep`,
  error: fault ?? '',
  choices: held.map((each, at) => ({
    value: each.ref,
    text: each.ref,
    hint: {
      text: `Records of ${dayWords(each.fromOn)} to ${dayWords(each.toOn)}. Granted by ${each.answered?.by ?? ''} until ${momentWords(each.answered?.granted?.expiresAt)}.`,
    },
    checked: held.length === 1 && at === 0,
  })),
})
