import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { AppError, messageOf } from './errors.ts'
import { projectRoot } from './project-root.ts'

/** The folder of everything a detective can read and change: what is looked for, and under which rules. */
export const contentDir: string = join(projectRoot, 'content')

/**
 * Reads one YAML file of content and checks its shape.
 * @throws AppError CONTENT_INVALID naming the file and every fault.
 */
export const readContent = <Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> => {
  const name = relative(projectRoot, file)
  if (!existsSync(file)) throw new AppError('CONTENT_INVALID', `${name} is missing.`)
  let raw: unknown
  try {
    raw = parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${name} is not readable YAML: ${messageOf(cause)}`, { cause })
  }
  const parsed = shape.safeParse(raw)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    issue => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`,
  )
  throw new AppError('CONTENT_INVALID', `${name} is wrong:\n${faults.join('\n')}`)
}

/** Reads one SQL file of content. */
export const readSql = (file: string): string => {
  if (!existsSync(file)) throw new AppError('CONTENT_INVALID', `${relative(projectRoot, file)} is missing.`)
  return readFileSync(file, 'utf8').trim()
}
