import type { SignInContext } from '../access/sign-in-context.ts'
import type { Session } from '../access/session.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb, CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'

/** What changing an account works with. */
export type AccountDeps = {
  readonly store: CaseworkStore
  readonly clock: Clock
  readonly signIn: { readonly context: SignInContext }
}

/** Who changes something, and from where. */
export type By = { readonly id: string; /** Network address. */ readonly from: string }

/**
 * A change and its entry in the log, which stand or fall together. Nothing is changed when `work` gives back false; text
 * that it gives back is the subject of the entry, for what has an id only once it is made.
 */
export const changeWithEntry = async (
  { store, clock, signIn }: AccountDeps,
  by: By,
  entry: { readonly what: AuditEvent; readonly subject: string; readonly why: string },
  work: (
    context: SignInContext & { readonly db: CaseworkDb; readonly now: Date },
  ) => Promise<boolean | string>,
): Promise<boolean> => {
  const undone = new Error('undone')
  const whole = store.db.transaction().execute(async trx => {
    const context = { ...signIn.context, db: trx, now: clock.now() }
    const done = await work(context)
    // Thrown, so that what was changed so far is taken back.
    if (done === false) throw undone
    const event = {
      ...entry,
      ...(done === true ? {} : { subject: done }),
      who: by.id,
      from: by.from,
      outcome: 'done',
    } as const
    await appendEvent({ store: { db: trx }, clock }, event)
    return true
  })
  return await whole.catch((cause: unknown) => {
    if (cause === undone) return false
    throw cause
  })
}

/** A person who changes their own account. */
export const self = (session: Session, from: string): By => ({ id: session.user.id, from })
