import { join } from 'node:path'
import { z } from 'zod'
import type { Permission } from '../access/permissions.ts'
import { contentDir, readContent } from '../core/read-content.ts'

/** What looks deeper than the routine run, with the permission without which an authorisation is of no use. */
export const authorisationKinds = {
  sweep: 'run-sweep',
  system_audit: 'audit-person',
  message_content: 'open-words',
  colleague_watch: 'watch-tip-off',
} as const satisfies Record<string, Permission>

export type AuthorisationKind = keyof typeof authorisationKinds

/** Whether a word is a kind of authorisation. */
export const isAuthorisationKind = (word: string): word is AuthorisationKind =>
  Object.hasOwn(authorisationKinds, word)

const words = z.strictObject({
  label: z.string().min(1),
  means: z.string().min(1),
  /** Most days that one may last. */
  longest_days: z.int().positive(),
  /** Days until somebody must look at it again. */
  review_days: z.int().positive(),
  reason: z.string().min(1),
})
const shape = z.strictObject({
  sweep: words,
  system_audit: words,
  message_content: words,
  colleague_watch: words,
} satisfies Record<AuthorisationKind, typeof words>)

/**
 * What each kind is called, lets its holder do, and how long it may last.
 * @throws AppError CONTENT_INVALID
 */
export const readAuthorisationKinds = (): z.output<typeof shape> =>
  readContent(join(contentDir, 'vocabularies', 'authorisation-kinds.yaml'), shape)
