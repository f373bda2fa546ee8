import { columnsOf, type Variation } from './variation.ts'

/** Feeds that come and go together, because one system of a force holds them. */
const groups: readonly { readonly key: string; readonly label: string; readonly feeds: readonly string[] }[] =
  [
    { key: 'billing', label: 'Telephone bills', feeds: ['billing'] },
    { key: 'messages', label: 'The words of messages', feeds: ['messages'] },
    { key: 'positions', label: 'Positions of vehicles and radios', feeds: ['positions'] },
    { key: 'system_access', label: 'Look-ups', feeds: ['system_access'] },
    { key: 'handset_counts', label: 'Handset downloads', feeds: ['handset_counts'] },
    { key: 'contact_log', label: 'The contact log', feeds: ['contact_log'] },
    { key: 'duties', label: 'Rosters and absences', feeds: ['duties', 'absences'] },
    {
      key: 'roles',
      label: 'Assignments, patrol plans and declarations',
      feeds: ['assignments', 'patrol_plans', 'disclosures'],
    },
    { key: 'history', label: 'Complaints and intelligence', feeds: ['complaints', 'intelligence'] },
    { key: 'flags', label: 'Vulnerability flags', feeds: ['person_flags'] },
  ]

/** The force without each kind of record in turn: what each adds. */
export const ablations = (): Variation[] =>
  groups.map(({ key, label, feeds }) => ({
    key: `without_${key}`,
    label: `Without: ${label.toLowerCase()}`,
    changes: feeds.map(feed => ({
      feed,
      sql: `select ${columnsOf(feed).join(', ')} from upstander.${feed} where false`,
    })),
  }))

const lossy = ['billing', 'messages', 'positions', 'system_access'] as const

/** A tenth and three tenths of a feed lost by chance: row by row, the same rows each time. */
export const losses = (seed: number): Variation[] =>
  lossy.flatMap(feed =>
    [10, 30].map(lost => ({
      key: `lost_${feed}_${String(lost)}`,
      label: `${String(lost)} % lost of: ${groups.find(each => each.key === feed)?.label.toLowerCase() ?? feed}`,
      changes: [
        {
          feed,
          sql: `select ${columnsOf(feed).join(', ')} from upstander.${feed} where sipHash64(batch_id, line, {seed:UInt32}) % 100 >= {lost:UInt32}`,
          params: { seed, lost },
        },
      ],
    })),
  )
