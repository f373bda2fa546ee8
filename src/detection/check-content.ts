import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../core/project-root.ts'
import { readFeeds } from '../intake/feeds.ts'
import { readCreditCases, readIndicatorCases } from './cases.ts'
import { lockFaults } from './content-lock.ts'
import { readCredits } from './credits.ts'
import { readFacts } from './facts.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { orderFaults } from './order-faults.ts'
import { readPatterns } from './patterns.ts'
import { contentDir, readSql } from '../core/read-content.ts'
import { canBeSaid, figuresOf } from './sentence.ts'

/** A rule that all content keeps, as a sentence, and where it is broken: `file: what to mend`. */
export type ContentRule = { readonly rule: string; readonly faults: readonly string[] }

type Query = {
  readonly name: string
  /** Without comments and quoted text, which may say anything. */
  readonly sql: string
  readonly raw: string
}

/** Holds everything a detective can change to the rules that keep it fair, exact and documented. */
export const checkContent = (): ContentRule[] => {
  const indicators = readIndicators()
  const queries = allQueries(indicators)
  return [
    {
      rule: 'every indicator asks a question, says its limits and tells a reviewer what to do',
      faults: indicators.flatMap(statementFaults),
    },
    {
      rule: 'every indicator and credit has a case that it finds and one that it must not',
      faults: caseFaults(indicators),
    },
    {
      rule: 'every parameter of an indicator is used in its query, and every one used is written down',
      faults: indicators.flatMap(parameterFaults),
    },
    {
      rule: 'every window of days in an indicator is a parameter, so that changing it changes what is found',
      faults: indicators.flatMap(windowFaults),
    },
    { rule: 'every setting of the facts is used by a query', faults: settingFaults(queries) },
    {
      rule: 'every word in braces in an account comes from the query or is a parameter',
      faults: indicators.flatMap(sentenceFaults),
    },
    {
      rule: 'no query reads sex, ethnicity, age, rank, role or length of service, nor the feed of equality data',
      faults: queries.flatMap(protectedFaults),
    },
    {
      rule: 'every feed an indicator or credit names is in the record contract, and every feed it reads is named',
      faults: feedFaults(indicators),
    },
    {
      rule: 'no query asks what time it is or throws dice: the same records give the same findings',
      faults: queries.flatMap(clockFaults),
    },
    {
      rule: 'every finding that keeps a few of many records says which, so that it quotes the same ones every time',
      faults: indicators.flatMap(each => orderFaults(query(join(each.folder, 'query.sql')))),
    },
    {
      rule: 'every query about a member of staff can be run on a part of the staff',
      faults: indicators.filter(each => each.unit !== 'person').flatMap(shardFaults),
    },
    { rule: 'every fact has one file and every file one fact', faults: factFaults() },
    {
      rule: 'every sign of a pattern is an indicator that runs, and no pattern is named for a person',
      faults: patternFaults(indicators),
    },
    { rule: 'an indicator that has changed has a new version', faults: lockFaults(indicators) },
  ]
}

const nameOf = (file: string): string => relative(projectRoot, file)

const bare = (sql: string): string => sql.replaceAll(/--.*$/gm, '').replaceAll(/'(?:[^'\\]|\\.)*'/g, `''`)

/** What is wrong with one query: whom it may not read, and what would make it answer differently another day. */
export const queryFaults = (name: string, raw: string): string[] => {
  const one = { name, raw, sql: bare(raw) }
  return [...protectedFaults(one), ...clockFaults(one)]
}

const query = (file: string): Query => {
  const raw = readSql(file)
  return { name: nameOf(file), raw, sql: bare(raw) }
}

const allQueries = (indicators: readonly Indicator[]): Query[] => [
  ...readFacts().facts.map(fact => query(join(contentDir, 'facts', fact.file))),
  ...indicators.map(each => query(join(each.folder, 'query.sql'))),
  ...readCredits().map(each => query(join(contentDir, 'credits', each.id, 'query.sql'))),
  ...readdirSync(join(contentDir, 'score')).map(file => query(join(contentDir, 'score', file))),
]

const statementFaults = (each: Indicator): string[] => {
  const file = `${nameOf(each.folder)}/indicator.yaml`
  return [
    ...(each.question.endsWith('?') ? [] : [`${file}: the question does not end with a question mark`]),
    ...(['limits', 'review_steps', 'lawful_explanations'] as const)
      .filter(field => each[field].some(text => text.trim().length < 10))
      .map(field => `${file}: an entry of ${field} says nothing`),
  ]
}

const caseFaults = (indicators: readonly Indicator[]): string[] => {
  const files = [
    ...indicators.map(each => ({ folder: each.folder, read: readIndicatorCases })),
    ...readCredits().map(each => ({ folder: join(contentDir, 'credits', each.id), read: readCreditCases })),
  ]
  return files.flatMap(({ folder, read }) => {
    const file = `${nameOf(folder)}/cases.yaml`
    if (!existsSync(join(folder, 'cases.yaml'))) return [`${file} is missing`]
    const { cases } = read(folder)
    return [
      ...(cases.some(each => each.kind === 'hit' && each.expect.length > 0) ? [] : [`${file} has no hit`]),
      ...(cases.some(each => each.kind === 'near_miss') ? [] : [`${file} has no near miss`]),
    ]
  })
}

const placeholders = (sql: string): Map<string, string> =>
  new Map([...sql.matchAll(/\{(\w+):([\w()]+)\}/g)].map(([, name = '', type = '']) => [name, type]))

const parameterFaults = (each: Indicator): string[] => {
  const used = placeholders(each.query)
  const given = new Set([...Object.keys(readFacts().settings), 'shard', 'shards'])
  return [
    ...Object.entries(each.parameters).flatMap(([name, { type }]) => {
      const asked = used.get(name)
      if (asked === undefined) return [`${nameOf(each.folder)}: ${name} is written down and not used`]
      return asked === type
        ? []
        : [`${nameOf(each.folder)}: ${name} is ${type} in the YAML and ${asked} in the query`]
    }),
    ...[...used.keys()]
      .filter(name => !(name in each.parameters) && !given.has(name))
      .map(name => `${nameOf(each.folder)}: the query uses ${name}, which is written down nowhere`),
  ]
}

const windowFaults = (each: Indicator): string[] => [
  ...[...bare(each.query).matchAll(/\brange between (\d+ preceding)/gi)].map(
    ([, frame = '']) =>
      `${nameOf(each.folder)}: the window of ${frame} is a number in the query, not a parameter`,
  ),
  ...[...bare(each.query).matchAll(/\{(\w+):\w+\} = \d+/g)].map(
    ([, name = '']) =>
      `${nameOf(each.folder)}: ${name} is only compared with a number, so another value silences it`,
  ),
]

const settingFaults = (queries: readonly Query[]): string[] => {
  const used = new Set(queries.flatMap(({ raw }) => [...placeholders(raw).keys()]))
  return Object.keys(readFacts().settings)
    .filter(name => !used.has(name))
    .map(name => `content/facts/facts.yaml: no query uses ${name}`)
}

const sentenceFaults = (each: Indicator): string[] => [
  ...(canBeSaid(each.sentence) ? [] : [`${nameOf(each.folder)}: the account has braces within braces`]),
  ...figuresOf(each.sentence).flatMap(name =>
    name === 'count' || name in each.parameters || each.query.includes(`'${name}'`)
      ? []
      : [
          `${nameOf(each.folder)}: the account names {${name}}, which neither the query's detail nor a parameter gives`,
        ],
  ),
]

/** Columns nobody may be scored by, by the feed that has them. */
const protectedColumns = {
  staff: ['role', 'rank', 'joined_on', 'left_on'],
  people: ['sex', 'birth_year'],
} as const

const protectedFaults = ({ name, sql }: Query): string[] => [
  ...['staff_equality', 'sex', 'ethnicity', 'birth_year']
    .filter(word => new RegExp(`\\b${word}\\b`).test(sql))
    .map(word => `${name} reads ${word}`),
  ...Object.entries(protectedColumns).flatMap(([feed, columns]) => {
    if (!new RegExp(`upstander\\.${feed}\\b`).test(sql)) return []
    return [
      ...columns
        .filter(word => new RegExp(`\\b${word}\\b`).test(sql))
        .map(word => `${name} reads ${feed}.${word}`),
      ...(new RegExp(`select \\*[^()]* from upstander\\.${feed}\\b`).test(sql)
        ? [`${name} reads every column of ${feed}: name those it needs`]
        : []),
    ]
  }),
]

const feedFaults = (indicators: readonly Indicator[]): string[] => {
  const feeds = new Set(readFeeds().feeds.map(feed => feed.name))
  const named = [
    ...indicators.map(each => ({ at: nameOf(each.folder), names: each.feeds, sql: bare(each.query) })),
    ...readCredits().map(each => ({
      at: `content/credits/${each.id}`,
      names: each.feeds,
      sql: bare(each.query),
    })),
  ]
  return named.flatMap(({ at, names, sql }) => [
    ...names.filter(name => !feeds.has(name)).map(name => `${at}: there is no feed ${name}`),
    ...[...new Set([...sql.matchAll(/upstander\.(\w+)/g)].map(([, table = '']) => table))]
      .filter(table => feeds.has(table) && table !== 'postings' && !names.includes(table))
      .map(table => `${at}: the query reads ${table}, which feeds does not name`),
  ])
}

const clockFaults = ({ name, sql }: Query): string[] =>
  [
    ...sql.matchAll(
      /\b(now|now64|today|yesterday|rand\w*|generateUUID\w*|UTCTimestamp|rowNumberInAllBlocks)\s*\(/gi,
    ),
  ].map(([, word = '']) => `${name} calls ${word}()`)

const shardFaults = (each: Indicator): string[] =>
  placeholders(each.query).has('shard') && placeholders(each.query).has('shards')
    ? []
    : [`${nameOf(each.folder)}: the query does not keep to {shard} of {shards}`]

/** Words that would call somebody by a pattern: the research's own, and their like. */
const labels = /\b(predator|shark|fisherm[ae]n|explorer|offender)\b/i

const patternFaults = (indicators: readonly Indicator[]): string[] => {
  const running = new Set(indicators.filter(each => each.status !== 'retired').map(each => each.id))
  return readPatterns().flatMap(pattern => [
    ...pattern.signs
      .filter(sign => !running.has(sign))
      .map(sign => `content/patterns.yaml: ${pattern.id} names ${sign}, which is no indicator that runs`),
    ...(labels.test([pattern.name, pattern.literature, pattern.looks_for, pattern.next].join(' '))
      ? [`content/patterns.yaml: ${pattern.id} has a word for a person`]
      : []),
  ])
}

const factFaults = (): string[] => {
  const named = readFacts().facts.map(fact => fact.file)
  const there = readdirSync(join(contentDir, 'facts')).filter(file => file.endsWith('.sql'))
  return [
    ...there.filter(file => !named.includes(file)).map(file => `content/facts/${file} is no fact's file`),
    ...named
      .filter((file, at) => named.indexOf(file) !== at)
      .map(file => `content/facts/${file} is the file of two facts`),
  ]
}
