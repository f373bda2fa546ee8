import type { Lake } from '../lake/lake.ts'
import type { Credit } from './credits.ts'

/** Whether the records show an innocent explanation; `cannot_tell` where a feed that would show it is missing. */
export type ExplanationResult = 'found' | 'not_found' | 'cannot_tell'

export type TestedExplanation = {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly result: ExplanationResult
  /** What was found, or who could tell. */
  readonly says: string
  /** Records that show it, as `feed:key`; at most five. */
  readonly records: readonly string[]
}

type Asked = {
  readonly staffId: string
  readonly personId: string
  /** Families that the pair scores in: explanations of other families are left out. */
  readonly families: readonly string[]
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  /** Feeds that were not supplied, or not for all of those days. */
  readonly missingFeeds: ReadonlySet<string>
}

/** Every innocent explanation that the records themselves could show, tested for one pair. Found ones come first. */
export const readTestedExplanations = async (
  lake: Lake,
  credits: readonly Credit[],
  asked: Asked,
): Promise<TestedExplanation[]> => {
  const relevant = credits.filter(credit => credit.families.some(family => asked.families.includes(family)))
  const [table] = await lake.rows<{ built: number }>(
    `select count() as built from system.tables where database = 'upstander' and name = 'credits'`,
  )
  const found =
    table?.built === 1
      ? await lake.rows<{ credit: string; records: string[] }>(
          `select toString(credit) as credit, groupUniqArray(5)(record_id) as records from upstander.credits
           where staff_id = {staff:String} and person_id in ({person:String}, '')
             and from_on <= {to:Date32} and to_on >= {from:Date32}
           group by credit`,
          { staff: asked.staffId, person: asked.personId, from: asked.from, to: asked.to },
        )
      : []
  const recordsOf = new Map(found.map(row => [row.credit, row.records.filter(record => record !== '')]))
  const tested = relevant.map(credit => testOne(credit, recordsOf.get(credit.id), asked.missingFeeds))
  const order: readonly ExplanationResult[] = ['found', 'cannot_tell', 'not_found']
  return tested.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
}

const testOne = (
  credit: Credit,
  records: readonly string[] | undefined,
  missingFeeds: ReadonlySet<string>,
): TestedExplanation => {
  const about = { id: credit.id, title: credit.title, question: credit.question, records: records ?? [] }
  if (records !== undefined) return { ...about, result: 'found', says: credit.found }
  const missing = credit.feeds.filter(feed => missingFeeds.has(feed))
  if (missing.length > 0)
    return {
      ...about,
      result: 'cannot_tell',
      says: `${missing.map(feed => feed.replaceAll('_', ' ')).join(' and ')} not supplied for all of these days: ask ${credit.owner}`,
    }
  return { ...about, result: 'not_found', says: 'The records were supplied and do not show it.' }
}
