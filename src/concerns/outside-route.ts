import { join } from 'node:path'
import { z } from 'zod'
import { can, type User } from '../access/user.ts'
import { contentDir, readContent } from '../core/read-content.ts'
import { selectNobodyMayRead } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'

const words = z.string().min(1)
const shape = z.strictObject({
  /** What whoever is told must do. */
  say: words,
  /** In the order in which they are gone to. */
  routes: z.array(z.strictObject({ to: words, reason: words })).min(1),
})

/**
 * Where a concern goes that nobody of the unit may read.
 * @throws AppError CONTENT_INVALID
 */
export const readOutsideRoute = (): z.output<typeof shape> =>
  readContent(join(contentDir, 'outside-route.yaml'), shape)

/** References of concerns that are to be passed on, for those who oversee the unit; for everybody else there are none. */
export const listToPassOn = async (
  { store }: Pick<ConcernDeps, 'store'>,
  user: User,
): Promise<readonly string[]> => (can(user, 'watch-unit') ? await selectNobodyMayRead(store.db) : [])
