import { maskPeriod, maskPerson } from '../../../access/mask.ts'
import type { Concern } from '../../../concerns/concern.ts'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import type { WebDeps } from '../../web-deps.ts'

/** Names a record as it may be shown: `billing:B12`, or `billing 91CQ7` while the concern is masked. */
export type NameRecord = (id: string) => string

/**
 * A record's key leads to whom it is about: some keys hold a member of staff, a person or the vehicle that a crew was in
 * (`allocations:INV1:PC4411`, `stay:V1:1`), and any other can be typed into the system it came from. While the concern is masked each is
 * replaced by a short word that is the same for the same record.
 */
export const recordNamer = (
  { maskKey, clock }: Pick<WebDeps, 'maskKey' | 'clock'>,
  { masked }: Pick<Concern, 'masked'>,
): NameRecord => {
  if (!masked) return id => id
  const mask = { key: maskKey, purpose: 'record', period: maskPeriod(clock.now()) }
  return id => `${id.split(':')[0] ?? ''} ${maskPerson(mask, id)}`
}

/**
 * Facts with the names of their records as they may be shown. Why somebody is absent (sick, on parental leave) is known to colleagues
 * and explains no contact: while the concern is masked it is left out.
 */
export const nameFacts = (
  facts: readonly RecordedFact[],
  name: NameRecord,
  masked: boolean,
): RecordedFact[] =>
  facts.map(fact => ({
    ...fact,
    ...(masked && fact.lane === 'duty' && fact.duty === 'absent' ? { text: 'Absent' } : {}),
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
