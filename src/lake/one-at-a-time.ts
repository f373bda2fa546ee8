import type { Lake } from './lake.ts'

const last = new WeakMap<Lake, Promise<unknown>>()

/** Does work on a lake after all such work before it has ended: detection and previews fill tables that only one may fill. */
export const oneAtATime = async <T>(lake: Lake, work: () => Promise<T>): Promise<T> => {
  const before = last.get(lake) ?? Promise.resolve()
  const mine = before.then(work, work)
  last.set(
    lake,
    mine.catch(() => undefined),
  )
  return await mine
}
