/** Whether an entry is among those that entries `log-anonymised` name in their subject: `5` or `5-9`, with spaces between. */
export const covered = (subjects: readonly string[], seq: number): boolean =>
  subjects.some(subject =>
    subject.split(' ').some(range => {
      const [from = '', to = from] = range.split('-')
      return /^\d+$/.test(from) && /^\d+$/.test(to) && Number(from) <= seq && seq <= Number(to)
    }),
  )
