import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import type { Feed } from './feeds.ts'
import { nearestName } from './nearest-name.ts'

/** A file to take in. */
export type SourceFile = {
  readonly feed: Feed
  /** Name as people know it: the path inside the folder. */
  readonly name: string
  readonly path: string
  readonly kind: 'csv' | 'parquet'
  readonly compression: 'none' | 'gzip' | 'zstd'
  readonly bytes: number
}

/** A file left alone, and why. */
export type IgnoredFile = { readonly name: string; readonly reason: string }

/** What a folder offers. */
export type Supply = { readonly files: readonly SourceFile[]; readonly ignored: readonly IgnoredFile[] }

const packageSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      path: z.union([z.string(), z.array(z.string())]).optional(),
    }),
  ),
})

const endings = [
  { ending: '.csv', kind: 'csv', compression: 'none' },
  { ending: '.csv.gz', kind: 'csv', compression: 'gzip' },
  { ending: '.csv.zst', kind: 'csv', compression: 'zstd' },
  { ending: '.parquet', kind: 'parquet', compression: 'none' },
] as const

/**
 * Finds the files of a Data Package (a folder with `datapackage.json`), or of a folder of files named for the feeds:
 * `billing.csv`, or several such as `billing-2025-01.csv`. Feeds come in the contract's order, files by name, so that
 * a later file corrects an earlier one.
 * @throws AppError PACKAGE_INVALID when there is no such folder, the package is unreadable, or it holds nothing to take in
 */
export const findFiles = (folder: string, feeds: readonly Feed[]): Supply => {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new AppError(
      'PACKAGE_INVALID',
      `There is no folder ${folder}. Name the folder that holds the feeds.`,
    )
  }
  const supply = existsSync(join(folder, 'datapackage.json'))
    ? fromPackage(folder, feeds)
    : fromNames(folder, feeds)
  if (supply.files.length === 0) {
    throw new AppError(
      'PACKAGE_INVALID',
      [
        `The folder ${folder} holds no file that can be taken in.`,
        ...supply.ignored.map(file => `  ${file.name}: ${file.reason}`),
        'Name each file for its feed, such as billing.csv, billing.csv.gz, billing.csv.zst or billing.parquet.',
      ].join('\n'),
    )
  }
  const order = new Map(feeds.map((feed, index) => [feed.name, index]))
  const rank = (file: SourceFile): number => order.get(file.feed.name) ?? feeds.length
  return {
    files: supply.files.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)),
    ignored: supply.ignored,
  }
}

const fromPackage = (folder: string, feeds: readonly Feed[]): Supply => {
  const files: SourceFile[] = []
  const ignored: IgnoredFile[] = []
  for (const resource of readPackage(folder).resources) {
    const feed = feeds.find(candidate => candidate.name === resource.name)
    for (const path of [resource.path ?? []].flat()) {
      const inside = normalize(path)
      const reason = /^[a-z]+:\/\//i.test(path)
        ? 'lies elsewhere: copy it into the folder'
        : isAbsolute(path) || inside.split(sep).includes('..')
          ? 'points outside the folder: copy it into the folder'
          : !feed
            ? unknownFeed(resource.name, feeds)
            : existsSync(join(folder, inside))
              ? undefined
              : 'named in datapackage.json and not there: nothing was supplied for this feed'
      const file = feed && reason === undefined ? sourceFile(folder, inside, feed) : undefined
      if (file) files.push(file)
      else ignored.push({ name: path, reason: reason ?? wrongEnding })
    }
  }
  return { files, ignored }
}

const readPackage = (folder: string): z.infer<typeof packageSchema> => {
  try {
    const text = readFileSync(join(folder, 'datapackage.json'), 'utf8').replace(/^\uFEFF/, '')
    return packageSchema.parse(JSON.parse(text))
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause)
    throw new AppError(
      'PACKAGE_INVALID',
      `The file datapackage.json in ${folder} cannot be read: ${fault}. ` +
        'Mend it, or take it away to have files found by their names.',
      { cause },
    )
  }
}

const fromNames = (folder: string, feeds: readonly Feed[]): Supply => {
  const files: SourceFile[] = []
  const ignored: IgnoredFile[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) {
      ignored.push({
        name: `${entry.name}/`,
        reason: 'is a folder: only files beside each other are taken in',
      })
      continue
    }
    const stem = entry.name.replace(/\..*$/, '')
    // The longest name wins, so that staff_equality.csv is not read as part of staff.
    const feed = feeds
      .filter(({ name }) => stem === name || stem.startsWith(`${name}-`) || stem.startsWith(`${name}_`))
      .toSorted((a, b) => b.name.length - a.name.length)[0]
    const file = feed && sourceFile(folder, entry.name, feed)
    if (file) files.push(file)
    else ignored.push({ name: entry.name, reason: feed ? wrongEnding : unknownFeed(stem, feeds) })
  }
  return { files, ignored }
}

const wrongEnding = 'is in a form that cannot be read: supply .csv, .csv.gz, .csv.zst or .parquet'

const unknownFeed = (name: string, feeds: readonly Feed[]): string => {
  const nearest = nearestName(
    name,
    feeds.map(feed => feed.name),
  )
  return nearest === undefined
    ? `is not named for a feed`
    : `is not named for a feed. The nearest is "${nearest}": rename it if that is what it holds`
}

const sourceFile = (folder: string, name: string, feed: Feed): SourceFile | undefined => {
  const form = endings
    .filter(({ ending }) => name.toLowerCase().endsWith(ending))
    .toSorted((a, b) => b.ending.length - a.ending.length)[0]
  const path = join(folder, name)
  return (
    form && { feed, name, path, kind: form.kind, compression: form.compression, bytes: statSync(path).size }
  )
}
