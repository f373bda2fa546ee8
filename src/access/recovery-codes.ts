import { createHmac, randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { spokenWord } from '../core/spoken-letters.ts'
import { replaceRecoveryCodes, useRecoveryCode } from './recovery-code-store.ts'

type CodeDeps = { readonly db: CaseworkDb; readonly secret: string; readonly now: Date }

const codesEach = 10

/** Keyed with a secret outside the store: without it, ten letters could be guessed from a stolen copy. */
const hashOf = ({ secret }: CodeDeps, userId: string, letters: string): string =>
  createHmac('sha256', secret).update(`recovery ${userId} ${letters}`).digest('base64url')

/** Ten new recovery codes of ten spoken letters (45 bits), shown once; those from before are worth nothing. */
export const makeRecoveryCodes = async (deps: CodeDeps, userId: string): Promise<string[]> => {
  const words = Array.from({ length: codesEach }, () => spokenWord(randomBytes(20), 10))
  await replaceRecoveryCodes(
    deps.db,
    userId,
    words.map(word => hashOf(deps, userId, word)),
  )
  return words.map(word => `${word.slice(0, 5)}-${word.slice(5)}`)
}

/** Whether this is a recovery code of the person that was not used; using it is what asking does. */
export const checkRecoveryCode = async (deps: CodeDeps, userId: string, typed: string): Promise<boolean> => {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return (
    letters.length === 10 && (await useRecoveryCode(deps.db, userId, hashOf(deps, userId, letters), deps.now))
  )
}
