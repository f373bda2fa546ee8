import { spawnSync } from 'node:child_process'
import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/core/project-root.ts'

/** Paths of every file of the project that git knows or would take in, from the project's root, sorted. */
export const projectFiles = (): readonly string[] => {
  const git = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (git.status !== 0) throw new Error(`git ls-files failed: ${git.stderr}`)
  return git.stdout
    .split('\n')
    .filter(path => path !== '' && existsSync(join(projectRoot, path)))
    .toSorted()
}

/** The text of a file of the project. */
export const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')

/** Lines of a file that match, as `path:line: text`. */
export const linesWith = (path: string, pattern: RegExp): string[] =>
  textOf(path)
    .split('\n')
    .flatMap((line, at) => (pattern.test(line) ? [`${path}:${String(at + 1)}: ${line.trim()}`] : []))

/** Whether a path is a test, or helps tests alone. */
export const isTest = (path: string): boolean => /\.(test|journey)\.ts$|(^|\/)test-|^tests\//.test(path)
