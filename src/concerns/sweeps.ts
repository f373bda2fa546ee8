import { randomUUID } from 'node:crypto'
import type { User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { Footing } from './footing.ts'
import { useAuthorisation } from './use-authorisation.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'
import type { StandingPart } from './standing.ts'
import { concernsOfStaff, insertSweep, selectSweeps } from './sweep-store.ts'

/** Somebody whom a sweep lists. Ids as the records have them: mask before showing. */
export type SweptParty = {
  readonly party: string
  readonly vulnerable: boolean
  readonly metOn: string
  readonly contacts: number
  readonly traces: readonly string[]
  readonly beside: readonly string[]
  readonly same: readonly string[]
  readonly other: readonly string[]
  readonly firstOn: string
  readonly lastOn: string
}

/** What a sweep searched and found, as it is kept. */
export type SweepKept = {
  readonly people: number
  readonly numbers: number
  readonly organisations: number
  readonly looksFor: readonly string[]
  readonly oneTrace: number
  readonly total: number
  readonly listed: readonly SweptParty[]
  readonly fromDay: string
  readonly toDay: string
  /** Records held about the member of staff in those days, feed by feed. */
  readonly coverage: readonly {
    readonly feed: string
    readonly held: boolean
    readonly missing: readonly (readonly [string, string])[]
  }[]
  readonly seconds: number
}

export type Sweep = {
  readonly id: string
  readonly by: string
  readonly at: Date
  /** What it was authorised under, as it stood when the sweep was run. */
  readonly authorisation: Footing & { readonly reference: string }
  readonly result: SweepKept
}

/** The concern that a sweep starts from, and what its method is made of. */
export type SweepOrder = {
  readonly ref: string
  readonly staffId: string
  readonly personId: string
  readonly families: readonly string[]
  readonly indicators: readonly string[]
  readonly authorisation: Footing & {
    readonly reference: string
    /** First and last day of the records it covers, `YYYY-MM-DD`. */
    readonly fromOn: string
    readonly toOn: string
  }
}

export type SweepInput = {
  /** Reference of the authorisation to run it under. */
  readonly authorisation: string
  /** Network address, for the log. */
  readonly from: string
}

export type SweepStart =
  | { readonly outcome: 'may-run'; readonly order: SweepOrder }
  | { readonly outcome: 'invalid'; readonly fault: string }
  | { readonly outcome: 'missing' }

/** Families that say nothing about one pair: what is known of the member of staff alone, and of the person. */
const notOfThePair = ['F7', 'F8', 'F9']

/** Whether a person may sweep from a concern under this authorisation. The log has it before anything is read. */
export const orderSweep = async (
  deps: ConcernDeps,
  user: User,
  typed: string,
  input: SweepInput,
): Promise<SweepStart> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  const stored = await findConcernFor(deps.store.db, user, 'run-sweep', ref)
  if (stored === undefined) return { outcome: 'missing' }
  const chosen = readReference(input.authorisation)
  if (chosen === undefined) return { outcome: 'invalid', fault: 'Select the authorisation to run it under' }
  const used = await useAuthorisation(deps, user, { kind: 'sweep', concernRef: ref, ref: chosen }, input.from)
  if (used.outcome === 'not-covered') return { outcome: 'invalid', fault: used.why }
  const { basis, necessity, proportionality, fromOn, toOn } = used.authorisation
  await appendEvent(deps, {
    who: user.id,
    what: 'sweep-run',
    subject: ref,
    why: `${chosen}: ${necessity}`,
    from: input.from,
    outcome: 'allowed',
  })
  const parts = (stored.parts as readonly StandingPart[]).filter(part => !notOfThePair.includes(part.family))
  return {
    outcome: 'may-run',
    order: {
      ref,
      staffId: stored.staff_id,
      personId: stored.person_id,
      families: parts.map(part => part.family),
      indicators: parts.flatMap(part => part.indicators.map(each => each.id)),
      authorisation: { reference: chosen, basis, necessity, proportionality, fromOn, toOn },
    },
  }
}

/** Keeps what a sweep found, with its footing; the history of the concern and the log say that it was run. */
export const keepSweep = async (
  deps: ConcernDeps,
  user: User,
  order: SweepOrder,
  from: string,
  result: SweepKept,
): Promise<string> =>
  deps.store.db.transaction().execute(async trx => {
    const id = randomUUID()
    const at = deps.clock.now()
    const { reference, basis, necessity, proportionality } = order.authorisation
    const authorisation = { reference, basis, necessity, proportionality }
    await insertSweep(trx, { ...authorisation, id, ref: order.ref, byUser: user.id, at, result })
    const says = `Under ${reference}: ${result.people} people and ${result.numbers} numbers searched, ${result.total} with traces of the same method.`
    await insertHistory(trx, { ref: order.ref, at, kind: 'swept', byUser: user.id, detail: { says } })
    await appendEvent(
      { store: { db: trx }, clock: deps.clock },
      {
        who: user.id,
        what: 'sweep-run',
        subject: order.ref,
        why: reference,
        from,
        outcome: 'done',
      },
    )
    return id
  })

/** The sweeps of a concern, newest first, and the concerns that stand already with somebody they list. */
export const readSweeps = async (
  { store }: Pick<ConcernDeps, 'store'>,
  user: User,
  concern: { readonly ref: string; readonly staffId: string },
): Promise<{ readonly sweeps: readonly Sweep[]; readonly standing: ReadonlyMap<string, string> }> => {
  const rows = await selectSweeps(store.db, concern.ref)
  return {
    sweeps: rows.map(row => ({
      id: row.id,
      by: row.by_name,
      at: row.at,
      authorisation: {
        reference: row.authorisation,
        basis: row.basis,
        necessity: row.necessity,
        proportionality: row.proportionality,
      },
      result: row.result as SweepKept,
    })),
    standing: await concernsOfStaff(store.db, user.id, concern.staffId),
  }
}
