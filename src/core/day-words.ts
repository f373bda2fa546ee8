const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A day (`2026-06-28`) as a person says it: "28 June 2026". Text that is no day is given back as it is. */
export const sayDay = (day: string): string => {
  const parsed = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(parsed.getTime()) ? format.format(parsed) : day
}
