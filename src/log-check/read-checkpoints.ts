import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { signedCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { LogFault } from './log-fault.ts'
import type { Verifier } from './note.ts'

/** A checkpoint and where it was found. */
export type KeptCheckpoint = Checkpoint & { readonly where: string }

const newest = 'The checkpoint'

/** The newest checkpoint of a log, those that were kept beside it, and earlier ones that were kept elsewhere. */
export const readCheckpoints = (
  folder: string,
  [key, ...earlierKeys]: readonly [Verifier, ...Verifier[]],
  earlier: readonly string[],
): {
  readonly head: KeptCheckpoint | undefined
  readonly kept: KeptCheckpoint[]
  readonly faults: LogFault[]
} => {
  const faults: LogFault[] = []
  const read = (where: string, text: string): KeptCheckpoint | undefined => {
    const found = signedCheckpoint(text, key)
    if (typeof found !== 'string') return { ...found, where }
    const under = where === newest ? undefined : earlierKeys.map(each => signedCheckpoint(text, each))
    const older = under?.find(each => typeof each !== 'string')
    if (older !== undefined) return { ...older, where }
    faults.push({ entry: undefined, says: `${where} ${found}.` })
    return undefined
  }
  const names = existsSync(join(folder, 'kept')) ? readdirSync(join(folder, 'kept')).sort() : []
  const kept = [
    ...names.map(name => {
      const checkpoint = read(`kept/${name}`, readFileSync(join(folder, 'kept', name), 'utf8'))
      if (checkpoint !== undefined && Number(/^(\d{12})\.note$/.exec(name)?.[1]) !== checkpoint.size)
        faults.push({
          entry: undefined,
          says: `kept/${name} is not named for the ${checkpoint.size} entries it is of.`,
        })
      return checkpoint
    }),
    ...earlier.map((text, at) => read(`Checkpoint ${at + 1} that was kept elsewhere`, text)),
  ].filter(found => found !== undefined)
  const headFile = join(folder, 'checkpoint')
  if (!existsSync(headFile)) faults.push({ entry: undefined, says: 'There is no checkpoint.' })
  const head = existsSync(headFile) ? read(newest, readFileSync(headFile, 'utf8')) : undefined
  return { head, kept, faults }
}
