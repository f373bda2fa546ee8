import type { countRejects, Reject } from '../../../intake/rejects.ts'
import { countWords } from '../../../ui/words.ts'
import { filesView, type Files } from './files-view.ts'
import { pagesView } from '../../pages-view.ts'
import { paths } from '../../paths.ts'

type Group = Awaited<ReturnType<typeof countRejects>>[number]

/** Rejected rows on one page. */
export const rejectsPerPage = 50

/** Most rows that one CSV holds; the command line exports them all. */
export const mostExported = 100_000

type Shown = Files & {
  readonly groups: readonly Group[]
  readonly rows: readonly Reject[]
  readonly feed: string | undefined
  readonly feeds: readonly string[]
  readonly page: number
}

/** The page of rejected records: refused files, what to mend first, the rows themselves, and the files that landed. */
export const rejectsView = ({ groups, rows, feed, feeds, page, ...files }: Shown) => {
  const total = groups.reduce((sum, group) => sum + group.rows, 0)
  const search = feed === undefined ? '' : `feed=${encodeURIComponent(feed)}`
  const href = (number: number) =>
    `${paths.rejects}?${[search, `page=${number}`].filter(part => part !== '').join('&')}`
  return {
    title: 'Rejected records',
    filter: {
      on: feed !== undefined,
      feeds: [
        { value: '', text: 'All feeds' },
        ...feeds.map(each => ({ value: each, text: each.replaceAll('_', ' '), selected: each === feed })),
      ],
    },
    ...filesView(files, feed),
    caption: `${countWords(total, 'fault')} in ${countWords(new Set(groups.map(group => group.file)).size, 'file')}.`,
    groups: groups.slice(0, 20).map(group => ({
      ...group,
      ...sentenceOf(group),
      example: formOf(group.example),
      count: countWords(group.rows, 'row'),
    })),
    rows: rows.map(({ feed: of, file, line, ...row }) => ({
      of,
      file,
      line,
      form: formOf(row.value),
      ...sentenceOf(row),
    })),
    csvHref: search === '' ? paths.rejectsCsv : `${paths.rejectsCsv}?${search}`,
    pages: pagesView({ total, page, perPage: rejectsPerPage, href }),
  }
}

/** What is wrong, with the column it is about: "at is not a time: …". */
const sentenceOf = ({ field, reason }: Pick<Reject, 'field' | 'reason'>) => ({
  sentence: field === '' ? reason : `${field} ${reason}`,
})

/** Letters of a value that are told. */
const formLength = 60

/**
 * How a value is written, without what it says: `+447700900123` is `+999999999999`. A wrong value may be anybody's name or number; who mends
 * it has the file, and the line.
 */
const formOf = (value: string): string => {
  const form = value
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{L}/gu, letter => (letter === 'A' ? 'A' : 'a'))
    .replaceAll(/\p{N}/gu, '9')
  return form.length > formLength ? `${form.slice(0, formLength)}…` : form
}

/** Rejected rows as CSV for a spreadsheet: a form that a spreadsheet would run as a formula is kept as text. */
export const rejectsCsv = (rows: readonly Reject[]): string =>
  ['feed,file,line,field,form,reason']
    .concat(
      rows.map(row =>
        [row.feed, row.file, String(row.line), row.field, formOf(row.value), row.reason].map(cell).join(','),
      ),
    )
    .join('\r\n') + '\r\n'

const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
