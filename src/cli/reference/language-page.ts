import { readLexicon, type LexiconEntry } from '../../detection/lexicon.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

/** What the lexicon finds in messages, what it leaves, and how often each family may be found in benign texts. */
export const languagePage: ReferencePage = {
  file: 'language.md',
  write: () => {
    const lexicon = readLexicon()
    const patterns = lexicon.reduce((sum, each) => sum + each.patterns.length, 0)
    return page('Language', [
      `${String(lexicon.length)} families of boundary language in ${String(patterns)} patterns. Most mean nothing alone; how they count together is under [indicators](indicators.md). Words in closed quotation marks, a mail’s history and what a transcript gives to the caller are not the writer’s.`,
      '## Ceilings',
      'Most finds in 10,000 benign texts that each family is held to, on 4,825 texts between friends of which 1,071 are mostly British (UCI SMS spam collection, the texts labelled ham). Friends write far more warmly than police write to the public, so a work telephone should stay far below. `npx upstander check-data` measures it and fails above.',
      table(
        ['family', 'all texts', 'British texts', 'why so many'],
        lexicon.map(({ family, ceiling }) => [
          spoken(family),
          String(ceiling.benign_per_10000),
          String(ceiling.uk_per_10000),
          ceiling.reason,
        ]),
      ),
      ...lexicon.map(familyText),
    ])
  },
}

const spoken = (family: string): string => family.replaceAll('_', ' ')

const familyText = (each: LexiconEntry): string =>
  [
    `## ${spoken(each.family).replace(/^./, letter => letter.toUpperCase())}`,
    each.question,
    `**Source.** ${each.source}`,
    `**${each.stands.alone ? 'Counts by itself' : 'Needs a second family'}.** ${each.stands.reason}`,
    `**Limits**\n\n${list(each.limits)}`,
    table(
      ['pattern', 'found', 'left alone'],
      each.patterns.map(({ id, hit, benign, account }) => [
        account ? `${code(id)}, spared those who take accounts` : code(id),
        hit,
        benign,
      ]),
    ),
  ].join('\n\n')
