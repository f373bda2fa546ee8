import { z } from 'zod'
import type { AuditEvent } from './audit-events.ts'

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
}

/** One line without control characters, no longer than `most`; what no store could hold is replaced, not refused. */
const line = (most: number) =>
  z.string().transform(text => cut(text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD'), most))

/** As `line`, but a person's reason may have several. */
const lines = (most: number) =>
  z.string().transform(text => cut(text.toWellFormed().replaceAll(/(?![\n\t])\p{Cc}/gu, '\uFFFD'), most))

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text

const input = z.object({
  who: line(200),
  what: line(60),
  subject: line(300),
  why: lines(4_000),
  from: line(100),
  outcome: z.enum(auditOutcomes),
})

/**
 * What was handed in, as one well-formed entry whatever was typed: control characters are replaced, and long text is cut.
 * @throws ZodError for anything that is not text
 */
export const readInput = (given: AuditInput): Omit<AuditInput, 'what'> & { readonly what: string } =>
  input.parse(given)
