import { join } from 'node:path'
import { z } from 'zod'
import { contentDir, readContent } from './read-content.ts'

const shape = z.record(z.string(), z.strictObject({ label: z.string().min(1), means: z.string().min(1) }))

/** Words that a form offers, by id, in the order it shows them: what each is called, and what it means. */
export type Vocabulary = Readonly<Record<string, { readonly label: string; readonly means: string }>>

/**
 * Reads one vocabulary of `content/vocabularies/` that holds a label and a meaning for each id.
 * @throws AppError CONTENT_INVALID
 */
export const readVocabulary = (name: string): Vocabulary =>
  readContent(join(contentDir, 'vocabularies', `${name}.yaml`), shape)
