const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
})

/**
 * The moment that a UK clock shows as this day and time. In the hour that comes twice in October it is the first.
 * @param day `YYYY-MM-DD`
 * @param time `HH:MM`
 * @returns undefined where there is no such day, no such time, or the clock skips it in March
 */
export const ukMoment = (day: string, time: string): Date | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time)) return undefined
  const [year = '', month = '', date = ''] = day.split('-')
  const shown = `${date}/${month}/${year}, ${time}`
  return [60, 0]
    .map(ahead => new Date(Date.parse(`${day}T${time}:00Z`) - ahead * 60_000))
    .find(moment => !Number.isNaN(moment.getTime()) && london.format(moment) === shown)
}
