import { readVocabulary } from '../core/read-vocabulary.ts'

export type InnocentExplanation = { readonly id: string; readonly label: string; readonly means: string }

/**
 * The innocent explanations that a disposition of "no concern" may name, in the order a form shows them.
 * @throws AppError CONTENT_INVALID
 */
export const readInnocentExplanations = (): readonly InnocentExplanation[] =>
  Object.entries(readVocabulary('innocent-explanations')).map(([id, entry]) => ({ id, ...entry }))
