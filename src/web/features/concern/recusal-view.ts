import { acquaintances } from '../../../concerns/recuse.ts'
import { fillPath, paths } from '../../paths.ts'

/** The form with which a person says that they know somebody in the concern. */
export const recusalView = (ref: string, again: { readonly error: string } | undefined) => ({
  action: fillPath(paths.recuse, { ref }),
  choices: Object.entries(acquaintances).map(([value, text]) => ({ value, text })),
  error: again?.error ?? '',
})
