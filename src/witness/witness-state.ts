import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'
import { makeFolders, syncFolders, writeDurably } from '../core/write-durably.ts'
import { readCheckpoint, type Checkpoint } from '../log-check/checkpoint.ts'

/** What a witness remembers: the last checkpoint it cosigned of each log, one file a log. */
export type WitnessState = {
  /**
   * The last checkpoint cosigned of a log; undefined for none.
   * @throws AppError CHECK_FAILED when the file was damaged: nothing is cosigned then
   */
  readonly latest: (
    origin: string,
  ) => (Checkpoint & { /** As it was signed. */ readonly whole: string }) | undefined
  /** On the disk once settled. */
  readonly keep: (origin: string, checkpoint: string) => Promise<void>
  /** Keeps two checkpoints that one log signed and that cannot both be true. */
  readonly keepEvidence: (seen: string, offered: string) => Promise<void>
}

/** The state of a witness in a folder. */
export const openWitnessState = (folder: string): WitnessState => {
  const fileOf = (origin: string): string =>
    join(folder, 'logs', `${hash('sha256', origin, 'hex').slice(0, 32)}.note`)
  const write = async (file: string, text: string): Promise<void> => {
    const folders = await makeFolders([file])
    await writeDurably(file, text)
    await syncFolders(folders)
  }
  return {
    latest: origin => {
      const file = fileOf(origin)
      if (!existsSync(file)) return undefined
      const whole = readFileSync(file, 'utf8')
      const checkpoint = readCheckpoint(whole)
      if (checkpoint?.origin !== origin)
        throw new AppError(
          'CHECK_FAILED',
          `What the witness remembers of ${origin}, ${file}, is damaged. Put it back from a backup that is not older.`,
        )
      return { ...checkpoint, whole }
    },
    keep: (origin, checkpoint) => write(fileOf(origin), checkpoint),
    keepEvidence: (seen, offered) =>
      write(
        join(folder, 'evidence', `${hash('sha256', offered, 'hex').slice(0, 32)}.txt`),
        `Both of these are signed by the log, and they cannot both be true.\n\nCosigned before:\n\n${seen}\nOffered now:\n\n${offered}`,
      ),
  }
}
