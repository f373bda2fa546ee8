import { logOf } from '../audit/open-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { AppError } from '../core/errors.ts'
import { readVerifier } from '../log-check/note.ts'
import { askWitness, type WitnessAt } from './ask-witness.ts'

/**
 * The witnesses of the setting: `https://address name+id+key`, with commas between.
 * @throws AppError SETTINGS_INVALID
 */
export const readWitnesses = (setting: string | undefined): WitnessAt[] =>
  (setting ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
    .map(each => {
      const [url = '', line = ''] = each.split(/\s+/)
      const key = readVerifier(line)
      if (!URL.canParse(url) || key?.type !== 'witness')
        throw new AppError(
          'SETTINGS_INVALID',
          `UPSTANDER_WITNESSES: “${each}” is not an address and the public key of a witness, as “upstander witness” prints them.`,
        )
      return { url, key }
    })

/** Milliseconds between rounds. Judgement: a minute is what can be cut off unseen. */
const every = 60_000

/**
 * Shows the log to its witnesses now, and each minute in which it grew. The first round throws where a witness has seen a longer
 * or another log; later rounds stop the log, so that nothing is answered any more.
 * @returns how to stop
 */
export const keepWitnessed = async (
  store: Pick<CaseworkStore, 'db'>,
  witnesses: readonly WitnessAt[],
  tell: (words: string) => void,
): Promise<() => void> => {
  const open = logOf(store.db)
  const shown = new Map<string, number>()
  const round = async (): Promise<void> => {
    for (const witness of witnesses) {
      const size = open.sealed.size()
      if (size === 0 || shown.get(witness.key.id) === size) continue
      const result = await askWitness(open.sealed, witness)
      if (result.outcome === 'cosigned') shown.set(witness.key.id, result.size)
      else tell(`The witness ${witness.key.name} did not cosign: ${result.why}`)
    }
  }
  await round()
  const timer = setInterval(() => {
    round().catch((cause: unknown) => {
      open.stopped =
        cause instanceof AppError
          ? cause
          : new AppError('LOG_CHANGED', 'The log could not be shown to its witnesses.')
      tell(open.stopped.message)
    })
  }, every)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
