/** Where the time comes from, so that tests and replays can set it. */
export type Clock = { readonly now: () => Date }

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that always says the same moment. */
export const fixedClock = (iso: string): Clock => ({ now: () => new Date(iso) })

/** The day of a moment in UTC, as `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** A day `days` later (or earlier), both as `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000))
