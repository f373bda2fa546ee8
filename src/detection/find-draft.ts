import type { Lake } from '../lake/lake.ts'
import { contentHash, questionOf, type Asked } from './asked.ts'
import { builtUpon } from './built-upon.ts'
import { setAsideExcepted, type Exception } from './exceptions.ts'
import { findOne, lastFindings, leaveOutExcludedPosts } from './findings.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { lastRun } from './runs.ts'

/** What a draft is tried on. */
export type DraftScope = {
  readonly shards: number
  readonly exceptions: readonly Exception[]
  /** Feeds without a current lawful basis, which the lake given does not show; none when absent. */
  readonly unread?: readonly string[]
  /** Every indicator as it runs; the content's own when absent. */
  readonly indicators?: readonly Indicator[]
}

/** What the findings of a draft were laid over. */
export type DraftFound = {
  /** The draft, and those built upon it that ran again: their stored findings do not count beside these. */
  readonly redone: readonly Indicator[]
  /** Those built upon it whose stored findings stand, as they measure everybody against the whole force and take too long. */
  readonly left: readonly Indicator[]
}

/**
 * Fills `upstander.draft_own_findings` with what a draft finds, and those built upon it then. A draft in shadow finds nothing. Where it asks what the last detection asked of the same records, as
 * a draft of the weight alone does, the findings of that run are the answer; otherwise it is asked again over all history.
 */
export const findDraft = async (lake: Lake, draft: Indicator, given: DraftScope): Promise<DraftFound> => {
  if (draft.status === 'live') await findOwn(lake, draft, given)
  const upon = builtUpon(draft.id, given.indicators ?? readIndicators())
  const again = upon.filter(each => !each.whole_force)
  for (const each of again)
    await findOne(lake, each, 'draft_own_findings', given.shards, findingsWith(draft.id))
  await leaveOutExcludedPosts(lake, 'draft_own_findings')
  await setAsideExcepted(lake, 'draft_own_findings', undefined, given.exceptions)
  return { redone: [draft, ...again], left: upon.filter(each => each.whole_force) }
}

const findOwn = async (lake: Lake, draft: Indicator, given: DraftScope): Promise<void> => {
  const asked = await askedBefore(lake, draft, given.unread ?? [])
  if (asked !== undefined && weighsTheSame(asked.weight, draft.weight))
    await copyStored(lake, draft, asked.weight)
  else await findOne(lake, draft, 'draft_own_findings', given.shards, lastFindings)
}

/** What the last run found, with the draft's findings in place of the indicator's own. */
const findingsWith = (id: string): string =>
  `(select * from ${lastFindings} where indicator != '${id}' union all select * from upstander.draft_own_findings where indicator = '${id}')`

/** What the newest run asked, where that is the draft's own question, it ended, and no records were taken in or destroyed since. */
const askedBefore = async (
  lake: Lake,
  draft: Indicator,
  unread: readonly string[],
): Promise<Asked | undefined> => {
  const run = await lastRun(lake)
  const content = contentHash(unread)
  const asked = run?.result?.asked?.[draft.id]
  if (run === undefined || asked === undefined || run.content !== content) return undefined
  const [newest] = await lake.rows<{ batch: number }>('select max(batch_id) as batch from upstander.batches')
  if (newest === undefined || newest.batch > run.throughBatch) return undefined
  return asked.question === questionOf(draft, content) ? asked : undefined
}

/** Whether points come out the same to the last bit when one weight is taken out and the other put in: a power of two divides exactly. */
const weighsTheSame = (before: number, after: number): boolean =>
  before === after || (before > 0 && Number.isInteger(Math.log2(before)))

/** Everything the run found, wherever it was kept: exceptions may have changed since. */
const copyStored = async (lake: Lake, draft: Indicator, weight: number): Promise<void> => {
  const points = draft.weight === weight ? 'points' : 'points / {before:Float64} * {after:Float64}'
  const columns = `indicator, toUInt16({version:UInt16}), toUInt16({edition:UInt16}), family, unit, staff_id, person_id, found_on, ${points}, count,
    first_at, last_at, evidence, detail, resolved_on`
  const from = ['findings', 'shadow_findings', 'excepted_findings']
  await lake.run(
    `insert into upstander.draft_own_findings
     ${from.map(table => `select ${columns} from upstander.${table} where indicator = {indicator:String}`).join('\n union all\n ')}`,
    {
      indicator: draft.id,
      version: draft.version,
      edition: draft.edition,
      before: weight,
      after: draft.weight,
    },
  )
}
