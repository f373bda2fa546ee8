import type { User } from '../access/user.ts'
import type { NoticeInput } from '../concerns/notice-form.ts'
import { enterNotice, mayCheckNow, type NoticeOutcome } from '../concerns/notices.ts'
import type { ConcernDeps } from '../concerns/raise-concerns.ts'
import { keepTipOffs, openWatches } from '../concerns/tip-offs.ts'
import { readTipOffs, unknownIds } from '../detection/tip-offs.ts'
import type { Lake } from '../lake/lake.ts'

type WatchDeps = ConcernDeps & { readonly lake: Lake }

/**
 * Looks for contact with, look-ups of and stops near the people of every matter with a notice, since that notice; or of one
 * concern. Part of the nightly job, and run when somebody asks.
 * @returns how much is new
 */
export const watchNotices = async (
  deps: WatchDeps,
  asked: { readonly ref?: string; readonly who: string; readonly from: string } = {
    who: 'detection',
    from: 'detection',
  },
): Promise<number> => {
  const watches = await openWatches(deps, asked.ref)
  if (watches.length === 0) return 0
  const found = await readTipOffs(
    deps.lake,
    watches.flatMap(({ notice, since, staff, people }) =>
      staff.flatMap(staffId => people.map(personId => ({ notice, since, staffId, personId }))),
    ),
  )
  const seen = found.map(({ notice, ...rest }) => ({ noticeId: notice, ...rest }))
  return await keepTipOffs(deps, watches, seen, asked)
}

/** Enters a notice, once the ids in it are known to be in the records, and looks at once. */
export const enterAndWatch = async (
  deps: WatchDeps,
  user: User,
  ref: string,
  input: NoticeInput & { readonly from: string },
): Promise<NoticeOutcome> => {
  const unknown = await unknownIds(deps.lake, { staff: input.colleagues, people: input.people })
  const entered = await enterNotice(deps, user, ref, input, unknown)
  if (entered.outcome === 'entered')
    await watchNotices(deps, { ref: entered.ref, who: user.id, from: input.from })
  return entered
}

/** Looks now, for somebody who asks; undefined where they may not. */
export const checkNow = async (
  deps: WatchDeps,
  user: User,
  typed: string,
  from: string,
): Promise<number | undefined> => {
  const ref = await mayCheckNow(deps, user, typed)
  return ref === undefined ? undefined : await watchNotices(deps, { ref, who: user.id, from })
}
