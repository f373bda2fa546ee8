import { createHash } from 'node:crypto'
import type { AuditEvent } from './audit-events.ts'
import { canonicalJson } from './canonical-json.ts'

/** `done` is a change that was made; `allowed` a read that was about to be answered. */
export const auditOutcomes = ['allowed', 'refused', 'failed', 'done'] as const

/** What is written to the log before anything is released. */
export type AuditInput = {
  /** User id; '' for someone not signed in, `detection` or `set-up` for the product itself. */
  readonly who: string
  readonly what: AuditEvent
  /** The thing read or changed, such as a concern's reference. Never a name. */
  readonly subject: string
  readonly why: string
  /** Network address, or `command line`. */
  readonly from: string
  readonly outcome: (typeof auditOutcomes)[number]
}

/** One entry of the log. */
export type AuditEntry = Omit<AuditInput, 'what'> & {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number
  readonly at: Date
  readonly what: string
  readonly previousHash: string
  readonly hash: string
}

/** What the first entry is chained to. */
export const noHash = '0'.repeat(64)

/** SHA-256, in hex, of the hash before and the entry as canonical JSON. */
export const hashEntry = (entry: Omit<AuditEntry, 'hash'>): string => {
  const { seq, at, who, what, subject, why, from, outcome } = entry
  const text = canonicalJson({ seq, at: at.toISOString(), who, what, subject, why, from, outcome })
  return createHash('sha256').update(`${entry.previousHash}\n${text}`).digest('hex')
}
