import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { contentDir, readContent } from '../core/read-content.ts'

const shape = z.record(
  z.string(),
  z.strictObject({ version: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
)

/** What each version of an indicator said: id → version and hash of its definition and query. */
export type ContentLock = z.output<typeof shape>

/** Where the lock is kept. */
const lockFile: string = join(contentDir, 'indicators.lock.json')

/** Hash of an indicator's definition and query. Line ends do not count, nor does its promise: that changes nothing it finds. */
export const hashOf = (indicator: Pick<Indicator, 'folder'>): string =>
  createHash('sha256')
    .update(
      ['indicator.yaml', 'query.sql']
        .map(file =>
          withoutPromise(readFileSync(join(indicator.folder, file), 'utf8').replaceAll('\r\n', '\n')).trim(),
        )
        .join('\n\0\n'),
    )
    .digest('hex')

const withoutPromise = (text: string): string => text.replace(/^promise:.*\n(?:[ \t].*\n)*/m, '')

/** Where the indicators and their lock disagree, each with what to do. Without a lock there is one fault: make it. */
export const lockFaults = (
  indicators: readonly Indicator[],
  lock: ContentLock | undefined = readLock(),
): string[] => {
  if (lock === undefined) return ['content/indicators.lock.json is missing: run npx upstander content lock']
  const missing = Object.keys(lock).filter(id => !indicators.some(each => each.id === id))
  return [
    ...indicators.flatMap(each => {
      const locked = lock[each.id]
      if (locked?.version === each.version && locked.sha256 === hashOf(each)) return []
      return [
        changeOf(each, locked) ??
          `${each.id} version ${each.version} is not locked: run npx upstander content lock`,
      ]
    }),
    ...missing.map(
      id =>
        `${id} has gone: keep its folder and write status: retired, so that old findings keep their meaning`,
    ),
  ]
}

/** Why a change may not be locked; undefined where it may. */
const changeOf = (each: Indicator, locked: ContentLock[string] | undefined): string | undefined => {
  if (locked === undefined || each.version > locked.version) return undefined
  return each.version < locked.version
    ? `${each.id} is version ${each.version} and was version ${locked.version}: a version never goes back`
    : `${each.id} has changed and is still version ${each.version}: write version: ${each.version + 1} in its indicator.yaml, then run npx upstander content lock`
}

/**
 * Writes down every indicator's version and hash.
 * @throws AppError CONTENT_INVALID where one has changed without a new version, or has gone
 */
export const writeLock = (): ContentLock => {
  const indicators = readIndicators()
  const before = readLock() ?? {}
  const faults = lockFaults(indicators, before).filter(fault => !fault.includes('is not locked'))
  if (faults.length > 0) throw new AppError('CONTENT_INVALID', faults.join('\n'))
  const lock = Object.fromEntries(
    indicators
      .map(each => [each.id, { version: each.version, sha256: hashOf(each) }] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
  return lock
}

const readLock = (): ContentLock | undefined =>
  existsSync(lockFile) ? readContent(lockFile, shape) : undefined
