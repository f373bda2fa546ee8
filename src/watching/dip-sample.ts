import { randomBytes } from 'node:crypto'
import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { ukMoment } from '../core/uk-time.ts'
import { drawSample, findSampled, insertOutcome } from './dip-sample-store.ts'
import { readWatchingRules } from './watching-rules.ts'

type SampleDeps = { readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

/**
 * Draws the sample of the month before, where that was not done yet. The seed is made once the month is over: nobody can know
 * beforehand which of their readings will be looked at.
 */
export const drawLastMonth = async ({ store, clock }: SampleDeps): Promise<void> => {
  const now = clock.now()
  const { month, from, to } = monthBefore(now)
  const rules = readWatchingRules()
  await store.db.transaction().execute(async trx => {
    const seed = randomBytes(16).toString('hex')
    const asked = { month, seed, from, to, what: rules.reading, entries: rules.sample.entries, at: now }
    if (!(await drawSample(trx, asked))) return
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: 'set-up',
        what: 'dip-sample-drawn',
        subject: month,
        why: seed,
        from: 'schedule',
        outcome: 'done',
      },
    )
  })
}

/** The month before a moment by the UK clock: `YYYY-MM`, its first moment, and the first moment after it. */
export const monthBefore = (
  now: Date,
): { readonly month: string; readonly from: Date; readonly to: Date } => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
  })
  const [year = 0, month = 1] = parts.format(now).split('-').map(Number)
  const last = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  return {
    month: last,
    from: ukMoment(`${last}-01`, '00:00') ?? now,
    to: ukMoment(`${year}-${String(month).padStart(2, '0')}-01`, '00:00') ?? now,
  }
}

export type JudgeOutcome =
  | { readonly outcome: 'judged' | 'missing' }
  | { readonly outcome: 'invalid'; readonly field: 'outcome' | 'note'; readonly fault: string }

/** Records what an auditor made of an entry of the sample. Nobody judges an entry of their own; a later judgement takes the place of one before. */
export const judgeSampled = async (
  { store, clock }: SampleDeps,
  user: User,
  seq: number,
  input: { readonly outcome: string; readonly note: string; /** Network address. */ readonly from: string },
): Promise<JudgeOutcome> => {
  if (!can(user, 'watch-unit')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const who = await findSampled(trx, seq)
    if (who === undefined || who === user.id) return { outcome: 'missing' }
    if (!Object.hasOwn(readWatchingRules().outcomes, input.outcome))
      return { outcome: 'invalid', field: 'outcome', fault: 'Select what came of it' }
    const note = input.note.trim()
    if (note === '' || note.length > 4_000)
      return {
        outcome: 'invalid',
        field: 'note',
        fault: note === '' ? 'Enter what you looked at' : 'Your note must be 4,000 characters or fewer',
      }
    await insertOutcome(trx, { seq, outcome: input.outcome, note, by: user.id, at: clock.now() })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'dip-sample-judged',
        subject: String(seq),
        why: `${input.outcome}: ${note}`,
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'judged' }
  })
}
