import { z } from 'zod'
import { auditOutcomes } from '../../../audit/audit-entry.ts'
import { auditEvents, type AuditEvent } from '../../../audit/audit-events.ts'
import type { LogFilter } from '../../../audit/search-log-store.ts'
import { ukMoment } from '../../../core/uk-time.ts'
import { addDays } from '../../../core/clock.ts'

const events = Object.keys(auditEvents) as [AuditEvent, ...AuditEvent[]]
const text = z.string().trim().max(100).catch('')
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine(typed => ukMoment(typed, '00:00') !== undefined)
  .catch('')

const shape = z.object({
  what: z.enum(['', ...events]).catch(''),
  who: text,
  about: text,
  outcome: z.enum(['', ...auditOutcomes]).catch(''),
  since: day,
  until: day,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

/** What the address of the log asks for. Anything unknown in it is left aside. */
export type LogQuery = z.output<typeof shape>

export const readLogQuery = (query: Readonly<Record<string, unknown>>): LogQuery => shape.parse(query)

/** What is looked for; days are UK days, both included. */
export const filterOf = ({ what, who, about, outcome, since, until }: LogQuery): LogFilter => ({
  what,
  who,
  about,
  outcome,
  since: since === '' ? undefined : ukMoment(since, '00:00'),
  before: until === '' ? undefined : ukMoment(addDays(until, 1), '00:00'),
})

/** The part of an address that asks for the same again, without the page. */
export const searchOf = (query: LogQuery): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[0] !== 'page' && pair[1] !== ''),
  )
