import { Cron } from 'croner'

/** A night on which detection is due: the UK day and the moment. */
export type DueNight = { readonly night: string; readonly dueAt: Date }

/** The schedule of a time of day (`HH:MM`), every day, in UK time whatever the season. */
export const nightly = (at: string): Cron => {
  const [hours, minutes] = at.split(':').map(Number)
  return new Cron(`${minutes ?? 0} ${hours ?? 0} * * *`, { timezone: 'Europe/London', paused: true })
}

/** Nights due after one moment and up to another, oldest first; at most the last `most`. */
export const dueNights = (at: string, after: Date, upTo: Date, most = 60): DueNight[] =>
  nightly(at)
    .previousRuns(most, new Date(upTo.getTime() + 1_000))
    .filter(dueAt => dueAt > after && dueAt <= upTo)
    .map(dueAt => ({ night: ukDay(dueAt), dueAt }))
    .toReversed()

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The UK day of a moment, `YYYY-MM-DD`. */
const ukDay = (moment: Date): string => format.format(moment)
