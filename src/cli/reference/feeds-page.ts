import { readFeeds, type Feed, type FeedField } from '../../intake/feeds.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

/** Every feed a force can supply, and every column. */
export const feedsPage: ReferencePage = {
  file: 'feeds.md',
  write: () => {
    const { feeds } = readFeeds()
    return page('Feeds', [
      `${feeds.length} feeds; any subset may be supplied. What is not confirmed as current by the data protection officer of the force is not read by any indicator. Retention is a proposal for the force's data protection officer. Times are UTC. A feed with no event time describes what lasts, and cannot fall silent.`,
      '## What is known about each',
      table(
        ['feed', 'event time', 'tied to staff by', 'owner', 'retention, days', 'silent after'],
        feeds.map(each => [
          `[${each.name}](#${each.name})`,
          each.eventTime?.name ?? '',
          each.tie,
          each.owner,
          String(each.retentionDays),
          each.eventTime === undefined
            ? ''
            : each.usualGapHours === undefined
              ? 'three times its measured gap'
              : `${3 * each.usualGapHours} hours`,
        ]),
      ),
      '## Lawful bases',
      ...[...new Set(feeds.map(each => each.lawfulBasis))].map(
        basis =>
          `${basis}\n\n${list([
            feeds
              .filter(each => each.lawfulBasis === basis)
              .map(each => each.name)
              .join(', '),
          ])}`,
      ),
      ...feeds.map(columnsOf),
    ])
  },
}

const columnsOf = (feed: Feed): string =>
  [
    `## ${feed.name}`,
    ...(feed.description === '' ? [] : [feed.description]),
    `Key: ${feed.primaryKey.map(code).join(', ')}.`,
    table(
      ['column', 'type', 'required', 'meaning'],
      feed.fields.map(field => [code(field.name), field.type, field.required ? 'yes' : '', meaningOf(field)]),
    ),
  ].join('\n\n')

const meaningOf = (field: FeedField): string =>
  [
    field.description,
    ...(field.values === undefined ? [] : [`One of ${field.values.map(code).join(', ')}.`]),
    ...(field.minimum === undefined && field.maximum === undefined
      ? []
      : [`From ${field.minimum ?? 'any'} to ${field.maximum ?? 'any'}.`]),
  ]
    .filter(text => text !== '')
    .join(' ')
