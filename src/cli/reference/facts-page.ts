import { readFacts } from '../../detection/facts.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

/** Every fact, its columns, and the settings that facts and indicators share. */
export const factsPage: ReferencePage = {
  file: 'facts.md',
  write: () => {
    const { facts, settings, reasons } = readFacts()
    return page('Facts', [
      'What records mean in policing terms, built in this order from `content/facts/`. An indicator reads facts before it reads records.',
      '## Settings',
      table(
        ['setting', 'value', 'reason'],
        Object.entries(settings).map(([name, value]) => [
          code(name),
          Array.isArray(value) ? value.join(', ') : String(value),
          reasons[name] ?? '',
        ]),
      ),
      ...facts.map(fact =>
        [
          `## ${fact.name}`,
          fact.meaning,
          `From ${code(`content/facts/${fact.file}`)}; ${
            fact.rebuild === 'window'
              ? 'made anew for the days of each build'
              : fact.rebuild === 'whole' || fact.time === undefined
                ? 'built whole'
                : `rebuilt from ${String(fact.context_hours ?? 0)} hours before the earliest change`
          }.`,
          table(
            ['column', 'type', 'meaning'],
            fact.columns.map(column => [code(column.name), column.type, column.meaning]),
          ),
        ].join('\n\n'),
      ),
    ])
  },
}
