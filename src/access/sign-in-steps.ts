import { createHash, randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { cookieLine, readCookie } from './cookies.ts'
import { addTry, findStep, insertStep, takeStep, type Step, type StepKind } from './sign-in-step-store.ts'

/** Each kind has its own cookie, so that one step does not end another that is under way. */
const nameOf = (kind: StepKind): string => `upstander-${kind}`

/** Minutes within which a step must be answered. */
const stepMinutes = 10

type StepDeps = { readonly db: CaseworkDb; readonly https: boolean; readonly now: Date }

const hashOf = (word: string): string => createHash('sha256').update(word).digest('base64url')

const wordOf = ({ https }: StepDeps, kind: StepKind, headers: Headers): string | undefined =>
  readCookie(headers, nameOf(kind), https)

/** Begins a step and gives back the cookie that ties it to this browser. */
export const beginStep = async (
  deps: StepDeps,
  step: { readonly kind: StepKind; readonly userId: string | null; readonly detail: object },
): Promise<string> => {
  const word = randomBytes(32).toString('base64url')
  const expiresAt = new Date(deps.now.getTime() + stepMinutes * 60_000)
  await insertStep(deps.db, { id: hashOf(word), ...step, expiresAt }, deps.now)
  return cookieLine(nameOf(step.kind), word, { https: deps.https, maxAge: stepMinutes * 60 })
}

/** The step that this browser is in, if it is of this kind and in time. */
export const currentStep = async (
  deps: StepDeps,
  kind: StepKind,
  headers: Headers,
): Promise<Step | undefined> => {
  const word = wordOf(deps, kind, headers)
  return word === undefined ? undefined : await findStep(deps.db, hashOf(word), kind, deps.now)
}

/** Takes the step away and gives it back: what it waits for is answered once, right or wrong. */
export const endStep = async (
  deps: StepDeps,
  kind: StepKind,
  headers: Headers,
): Promise<Step | undefined> => {
  const word = wordOf(deps, kind, headers)
  return word === undefined ? undefined : await takeStep(deps.db, hashOf(word), kind, deps.now)
}

/** Counts one more try at this browser's step, before it is judged; gives back how many there were with it. */
export const countStepTry = async (deps: StepDeps, kind: StepKind, headers: Headers): Promise<number> => {
  const word = wordOf(deps, kind, headers)
  return word === undefined ? Infinity : await addTry(deps.db, hashOf(word), kind)
}
