import { join } from 'node:path'
import { z } from 'zod'
import { auditEvents, type AuditEvent } from '../audit/audit-events.ts'
import { contentDir, readContent } from '../core/read-content.ts'

const reason = z.string().min(1)
const event = z.custom<AuditEvent>(word => typeof word === 'string' && Object.hasOwn(auditEvents, word))

const shape = z.strictObject({
  /** Days that are looked back over. */
  days: z.strictObject({ value: z.int().positive(), reason }),
  in_a_row: z.strictObject({ concerns: z.int().min(2), gap_seconds: z.int().positive(), reason }),
  /** Hours of the day, UK time. */
  hours: z.strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24), reason }),
  first_ever: z.strictObject({ after_days: z.int().positive(), reason }),
  sample: z.strictObject({ entries: z.int().positive(), reason }),
  reading: z.array(event).min(1),
  outcomes: z.record(z.string(), z.strictObject({ label: z.string().min(1), means: z.string().min(1) })),
})

export type WatchingRules = z.output<typeof shape>

/**
 * What the auditor is shown of how the unit reads.
 * @throws AppError CONTENT_INVALID
 */
export const readWatchingRules = (): WatchingRules =>
  readContent(join(contentDir, 'watching', 'watching.yaml'), shape)
