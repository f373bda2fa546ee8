import { maskPeriod, maskPerson, maskStaff } from '../../../access/mask.ts'
import { scrubWords } from '../../../access/scrub-words.ts'
import type { ResidueFilter, UnexplainedLookUp } from '../../../detection/look-up-residue.ts'
import { countWords } from '../../../ui/words.ts'
import { pagesView } from '../../pages-view.ts'
import { paths } from '../../paths.ts'
import { explainedRows, type Explained } from './explained-rows.ts'
import { capital } from '../../../core/capital.ts'

/** Look-ups on one page. */
export const lookUpsPerPage = 50

/** Spans of days to choose from. */
export const spans: readonly number[] = [7, 28, 90, 366]

type Shown = {
  readonly filter: ResidueFilter
  readonly page: number
  /** Posts to choose from. */
  readonly posts: readonly string[]
  readonly explained: readonly Explained[]
  readonly total: number
  readonly rows: readonly UnexplainedLookUp[]
  readonly mask: { readonly key: Uint8Array; readonly now: Date }
}

/** The page of unexplained look-ups: what explains the others, then the residue with everybody masked. */
export const lookUpsView = ({ filter, page, posts, explained, total, rows, mask }: Shown) => {
  const search = new URLSearchParams({
    ...(filter.days === 28 ? {} : { days: String(filter.days) }),
    ...(filter.kind === 'all' ? {} : { kind: filter.kind }),
    ...(filter.post === undefined ? {} : { post: filter.post }),
  })
  const href = (number: number) =>
    `${paths.lookUps}?${new URLSearchParams([...search, ['page', String(number)]]).toString()}`
  return {
    title: 'Unexplained look-ups',
    ...explainedRows(explained),
    filter: {
      on: search.size > 0,
      spans: spans.map(days => ({
        value: String(days),
        text: days === 366 ? 'Last 12 months' : `Last ${days} days`,
        selected: days === filter.days,
      })),
      kinds: Object.entries(kindWords).map(([value, text]) => ({
        value,
        text,
        selected: value === filter.kind,
      })),
      posts: [
        { value: '', text: 'All posts' },
        ...posts.map(post => ({ value: post, text: said(post), selected: post === filter.post })),
      ],
    },
    caption: `${countWords(total, 'look-up')} that no record explains, newest first`,
    rows: rows.map(row => lookUpRow(row, mask, posts)),
    pages: pagesView({ total, page, perPage: lookUpsPerPage, href }),
  }
}

/** Masks are of this page alone, so that its list cannot be laid beside the review queue. */
const lookUpRow = (row: UnexplainedLookUp, mask: Shown['mask'], posts: readonly string[]) => {
  const given = { key: mask.key, purpose: 'look-ups', period: maskPeriod(mask.now) }
  const staff = `Staff ${maskStaff(given, row.staffId)}`
  const person = `person ${maskPerson(given, row.personId)}`
  return {
    at: row.at,
    staff,
    post:
      row.post === ''
        ? 'post not supplied'
        : posts.includes(row.post)
          ? said(row.post).toLowerCase()
          : 'a post that few have',
    person,
    met: row.met ? 'Met before' : 'Never met',
    what: `${actionWords[row.action] ?? said(row.action)} ${viaWords[row.via] ?? row.via}${row.quoted ? '; a case was quoted' : ''}`,
    duty: dutyWords[row.dutyState] ?? 'Duty not known',
    away: row.dutyState === 'off' || row.dutyState === 'absent',
    reason: scrubWords(
      row.reason,
      new Map([
        [row.staffId, staff],
        [row.personId, person],
      ]),
    ),
  }
}

const kindWords: Readonly<Record<ResidueFilter['kind'], string>> = {
  all: 'All of them',
  met: 'About somebody they had met',
  off_duty: 'Off duty or absent',
}

const actionWords: Readonly<Record<string, string>> = {
  search: 'Searched',
  view: 'Viewed',
  image_view: 'Viewed the image in',
  edit: 'Edited',
  print: 'Printed',
  export: 'Exported',
}

const viaWords: Readonly<Record<string, string>> = {
  person: 'the person’s record',
  address: 'an address of theirs',
  number: 'a number of theirs',
  vehicle: 'a vehicle of theirs',
  incident: 'a log they are part of',
  investigation: 'an investigation they are part of',
}

const dutyWords: Readonly<Record<string, string>> = {
  on_duty: 'On duty',
  on_call: 'On call',
  off: 'Off duty',
  absent: 'Absent',
}

const said = (word: string): string => {
  const text = word.replaceAll('_', ' ')
  return capital(text)
}
