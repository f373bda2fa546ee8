import { auditOutcomes } from '../../../audit/audit-entry.ts'
import { auditEvents } from '../../../audit/audit-events.ts'
import type { FoundEntry } from '../../../audit/search-log-store.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { pagesView } from '../../pages-view.ts'
import { paths } from '../../paths.ts'
import { searchOf, type LogQuery } from './log-query.ts'

/** Entries on one page. */
export const entriesPerPage = 50

type Shown = { readonly query: LogQuery; readonly total: number; readonly entries: readonly FoundEntry[] }

/** The log as its reader sees it: newest first, each entry as a sentence about who did what, why and from where. */
export const logView = ({ query, total, entries }: Shown) => {
  const search = searchOf(query)
  const href = (page: number) =>
    `${paths.log}?${new URLSearchParams([...search, ['page', String(page)]]).toString()}`
  return {
    title: 'The log',
    caption: `${countWords(total, 'entry', 'entries')}, newest first`,
    filter: {
      on: search.size > 0,
      ...query,
      events: [
        { value: '', text: 'Anything' },
        ...Object.entries(auditEvents)
          .map(([value, text]) => ({ value, text, selected: value === query.what }))
          .toSorted((a, b) => a.text.localeCompare(b.text)),
      ],
      outcomes: [
        { value: '', text: 'Any' },
        ...auditOutcomes.map(value => ({
          value,
          text: outcomeWords[value],
          selected: value === query.outcome,
        })),
      ],
    },
    rows: entries.map(entryRow),
    pages: pagesView({ total, page: query.page, perPage: entriesPerPage, href }),
  }
}

const outcomeWords: Readonly<Record<(typeof auditOutcomes)[number], string>> = {
  allowed: 'Allowed',
  refused: 'Refused',
  failed: 'Failed',
  done: 'Done',
}

/** To the second: in a log the order within a minute tells something. */
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
  timeZone: 'Europe/London',
})

const others: Readonly<Record<string, string>> = {
  '': 'Nobody signed in',
  detection: 'Detection',
  'set-up': 'Set-up',
  directory: 'The directory',
}

const entryRow = ({
  at,
  what,
  outcome,
  who,
  name,
  subject,
  why,
  from,
  anonymous,
  reference,
}: FoundEntry) => ({
  at: `${dayWords(at)}, ${timeFormat.format(at)}`,
  what: Object.hasOwn(auditEvents, what) ? auditEvents[what as keyof typeof auditEvents] : what,
  bad: outcome === 'refused' || outcome === 'failed',
  outcome: outcomeWords[outcome as keyof typeof outcomeWords],
  who: anonymous ? 'Made anonymous' : name === '' ? (others[who] ?? who) : name,
  about: subject,
  why,
  from,
  reference,
})
