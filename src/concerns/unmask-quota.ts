import { join } from 'node:path'
import { z } from 'zod'
import { contentDir, readContent } from '../core/read-content.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { countUnmasked } from './unmask-store.ts'

const shape = z.strictObject({
  quota: z.strictObject({
    /** Different concerns that one person is shown at most. */
    concerns: z.int().positive(),
    /** Days over which they are counted. */
    days: z.int().positive(),
    reason: z.string().min(1),
  }),
})

export type UnmaskQuota = z.output<typeof shape>['quota']

/**
 * How many different concerns one person may be shown.
 * @throws AppError CONTENT_INVALID
 */
export const readUnmaskQuota = (): UnmaskQuota => readContent(join(contentDir, 'unmasking.yaml'), shape).quota

type Asked = { readonly userId: string; readonly ref: string; readonly now: Date }

/** Whether showing a person one more concern would go beyond the quota. One that they were shown in those days does not count again. */
export const isBeyondQuota = async (db: CaseworkDb, { userId, ref, now }: Asked): Promise<boolean> => {
  const { concerns, days } = readUnmaskQuota()
  const since = new Date(now.getTime() - days * 86_400_000)
  return (await countUnmasked(db, { userId, butFor: ref, since })) >= concerns
}
