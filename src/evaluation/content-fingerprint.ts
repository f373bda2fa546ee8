import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { contentDir } from '../core/read-content.ts'

/** What decides how a force comes out; cases, the demonstration force and words for people do not. */
const parts = ['facts', 'indicators', 'credits', 'score', 'lexicon', 'matrix.yaml']

/** Ten characters that change whenever anything does that detection reads. */
export const contentFingerprint = (): string => {
  const hash = createHash('sha256')
  for (const file of parts.flatMap(part => filesIn(join(contentDir, part))))
    hash.update(file.slice(contentDir.length)).update(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'))
  return hash.digest('hex').slice(0, 10)
}

const filesIn = (path: string): string[] =>
  !statSync(path).isDirectory()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(sql|yaml|txt)$/.test(name) && !name.endsWith('cases.yaml'))
        .toSorted()
        .map(name => join(path, name))
