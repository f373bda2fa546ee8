import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { once } from '../core/once.ts'
import { cueOf } from './lexicon-cue.ts'
import { contentDir, readContent } from '../core/read-content.ts'

/** What boundary language is looked for, in the order of the record contract's families. */
export const lexiconFamilies = [
  'affiliation',
  'compliment',
  'kiss_token',
  'pet_name',
  'channel_move',
  'meeting',
  'picture_request',
  'secrecy',
  'self_disclosure',
  'dependence',
  'sexual',
  'awareness_of_wrongdoing',
] as const

export type LexiconFamily = (typeof lexiconFamilies)[number]

const sentence = z.string().min(1)

/** Look-around and back references need a slower engine; capture groups would shift the snippet's place. */
const regex = sentence
  .refine(text => !/[A-Z]/.test(text.replaceAll(/\\[A-Z]/g, '')), {
    message: 'write small letters only: messages are read in small letters',
  })
  .refine(text => !/\(\?[=!<P]|\\[1-9]|\((?!\?)/.test(text.replaceAll(/\\\(/g, '')), {
    message: 'use only (?:…) groups: no capture groups, look-around or back references',
  })

const patternShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  /** What to find, in small letters and with straight apostrophes; `<name>` stands for a spelling list. */
  pattern: regex,
  /** A message that must be found. */
  hit: sentence,
  /** An ordinary message, close to it, that no family may find. */
  benign: sentence,
  /** Whether an account of an offence may hold such words: then they are work for those who take accounts. */
  account: z.boolean().default(false),
  /** A find is dropped where this matches within 40 characters of it. */
  except: regex.optional(),
})

const familyShape = z.strictObject({
  question: sentence,
  source: sentence,
  /** Whether a find of this family means anything without a second family, and why. */
  stands: z.strictObject({ alone: z.boolean(), reason: sentence }),
  /** Most finds per 10,000 texts between friends that the real-data check lets pass. */
  ceiling: z.strictObject({
    benign_per_10000: z.number().positive(),
    uk_per_10000: z.number().positive(),
    reason: sentence,
  }),
  limits: z.array(sentence).min(1),
  patterns: z.array(patternShape).min(1),
})

export type LexiconEntry = z.output<typeof familyShape> & { readonly family: LexiconFamily }

/**
 * Reads `content/lexicon/`, once: a file a family, with its spelling lists filled in.
 * @throws AppError CONTENT_INVALID
 */
export const readLexicon: () => readonly LexiconEntry[] = once(() =>
  readLexiconOf(join(contentDir, 'lexicon')),
)

/** As `readLexicon`, of another folder. */
export const readLexiconOf = (dir: string): readonly LexiconEntry[] => {
  const spelling = readContent(join(dir, 'spelling.yaml'), z.record(z.string(), regex))
  const fill = (text: string) => fillSpelling(text, spelling)
  const strange = readdirSync(dir).filter(
    file => file.endsWith('.yaml') && !['spelling', ...lexiconFamilies].includes(basename(file, '.yaml')),
  )
  if (strange.length > 0) {
    throw new AppError(
      'CONTENT_INVALID',
      `No lexicon family is called ${strange.join(', ')}. Rename or remove it.`,
    )
  }
  return lexiconFamilies.map(family => {
    const entry = readContent(join(dir, `${family}.yaml`), familyShape)
    return {
      ...entry,
      family,
      patterns: entry.patterns.map(({ except, ...each }) => ({
        ...each,
        pattern: fill(each.pattern),
        ...(except === undefined ? {} : { except: fill(except) }),
      })),
    }
  })
}

const fillSpelling = (text: string, spelling: Readonly<Record<string, string>>): string =>
  text.replaceAll(/<([a-z]+)>/g, (_, name: string) => {
    const variants = spelling[name]
    if (variants === undefined) {
      throw new AppError(
        'CONTENT_INVALID',
        `A lexicon pattern names <${name}>, which spelling.yaml lacks: ${text}`,
      )
    }
    return `(?:${variants})`
  })

/** Query parameters of `content/facts/message-hit.sql`: lists of equal length, one place a pattern, and the patterns one by one. */
export type LexiconParameters = {
  /** What a message must hold before a pattern is asked: see `cueOf`. */
  readonly cues: readonly string[]
  readonly patterns: readonly string[]
  /** Empty where the pattern has no exceptions. */
  readonly exceptions: readonly string[]
  readonly families: readonly string[]
  readonly names: readonly string[]
  /** 0 where an account of an offence may hold the words. */
  readonly aimed: readonly (0 | 1)[]
  readonly [pattern: `pattern_${number}`]: string
}

/** The lexicon as the message fact takes it. */
export const lexiconParameters: () => LexiconParameters = once(() => {
  const all = readLexicon().flatMap(({ family, patterns }) =>
    patterns.map(pattern => ({ family, ...pattern })),
  )
  const patterns = all.map(({ pattern }) => pattern)
  return {
    cues: patterns.map(cueExpression),
    patterns,
    exceptions: all.map(({ except = '' }) => except),
    families: all.map(({ family }) => family),
    names: all.map(({ id }) => id),
    aimed: all.map(({ account }) => (account ? 0 : 1)),
    ...Object.fromEntries(patterns.map((pattern, at) => [`pattern_${at + 1}`, pattern])),
  }
})

/** Plain strings, any of which calls for the pattern; the pattern itself where it has none. */
const cueExpression = (pattern: string): string =>
  cueOf(pattern)
    ?.map(cue => cue.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|') ?? pattern

/**
 * Fills `<locate>` in the message fact: what stands before the words and the words, parted by a zero. One branch a pattern, so
 * that each is prepared once for a block of messages and not once for a message.
 */
export const fillLocate = (sql: string): string =>
  sql.replaceAll('<locate>', () => {
    const branches = readLexicon()
      .flatMap(each => each.patterns)
      .map((_, at) => {
        const pattern = `concat('(?s)^(.*?)(', {pattern_${at + 1}:String}, ').*$')`
        return `place = ${at + 1}, replaceRegexpOne(words, ${pattern}, '\\\\1\\0\\\\2')`
      })
    return `multiIf(${branches.join(', ')}, '')`
  })
