import { maskPeriod, maskPerson } from '../../../access/mask.ts'
import type { Concern } from '../../../concerns/concern.ts'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import type { WebDeps } from '../../web-deps.ts'

/** Names a record as it may be shown: `billing:B12`, or a mask where its key holds who it is about. */
export type NameRecord = (id: string) => string

/**
 * A record's key often holds a member of staff or a person (`allocations:INV1:PC4411`), also somebody else's than the
 * concern's. While the concern is masked such a key is replaced by a short word that is the same for the same record.
 */
export const recordNamer = (
  { maskKey, clock, content }: Pick<WebDeps, 'maskKey' | 'clock' | 'content'>,
  { masked, pair }: Pick<Concern, 'masked' | 'pair'>,
): NameRecord => {
  if (!masked) return id => id
  const mask = { key: maskKey, purpose: 'record', period: maskPeriod(clock.now()) }
  return id => {
    const [feed = ''] = id.split(':')
    const named = [pair.staffId, pair.personId].some(who => who !== '' && id.includes(who))
    return content.namelessFeeds.has(feed) && !named ? id : `${feed} ${maskPerson(mask, id)}`
  }
}

/** Facts with the names of their records as they may be shown. */
export const nameFacts = (facts: readonly RecordedFact[], name: NameRecord): RecordedFact[] =>
  facts.map(fact => ({
    ...fact,
    // A step is no record: it names its indicator.
    id: fact.lane === 'sequence' ? fact.id : name(fact.id),
    ...(fact.becauseRecord === undefined ? {} : { becauseRecord: name(fact.becauseRecord) }),
  }))

/** The score's parts with the names of their records as they may be shown. */
export const nameParts = (parts: Concern['parts'], name: NameRecord): Concern['parts'] =>
  parts.map(part => ({
    ...part,
    indicators: part.indicators.map(each => ({ ...each, evidence: each.evidence.map(name) })),
    credits: part.credits.map(each => ({ ...each, recordId: name(each.recordId) })),
  }))
