import { createFactTables } from '../../src/detection/build-facts.ts'
import { readFeeds } from '../../src/intake/feeds.ts'
import { createFeedTables } from '../../src/intake/feed-tables.ts'
import type { Lake } from '../../src/lake/lake.ts'

/** The pair that `writeOnePair` writes about. */
export const onePair = { staffId: 'PC4411', personId: 'PERSON-77' } as const

/** A number that nobody in the records has, which the same member of staff wrote to. */
export const strangerNumber = '+447700900009'

const about = { staff_id: onePair.staffId, person_id: onePair.personId } as const

/** The key of an allocation holds who it is given to. */
export const allocation = `allocations:INV1:${onePair.staffId}:officer_in_charge`

const contact = {
  ...about,
  party_id: onePair.personId,
  other_address: '+447700900001',
  direction: 'out',
  attribution: 'held',
  duty_state: 'off',
  duration_s: 0,
}

/**
 * Facts about one pair: a case, an attendance, contacts explained and not, a stay at night, a look-up of unknown duty, and one
 * text to a number nobody has.
 */
export const writeOnePair = async (lake: Lake): Promise<void> => {
  await createFeedTables(lake, readFeeds().feeds)
  await createFactTables(lake)
  await lake.insert('upstander.contacts', [
    { ...contact, record_id: 'billing:B1', kind: 'sms', at: '2026-06-02 22:00:00' },
    {
      ...contact,
      record_id: 'billing:B2',
      kind: 'voice',
      at: '2026-06-03 10:00:00',
      duration_s: 80,
      duty_state: 'on_duty',
    },
    { ...contact, record_id: 'billing:B3', kind: 'sms', at: '2026-06-03 11:00:00', staff_id: 'PC9' },
    {
      ...contact,
      record_id: 'billing:B4',
      kind: 'sms',
      at: '2026-06-04 11:00:00',
      party_id: strangerNumber,
      person_id: '',
    },
  ])
  await lake.insert('upstander.purposes', [
    {
      ...about,
      fact: 'contact',
      record_id: 'billing:B2',
      at: '2026-06-03 10:00:00',
      explained: true,
      because: 'allocation',
      because_record: allocation,
      known_on: '2026-06-03',
    },
  ])
  await lake.insert('upstander.reasons', [
    {
      ...about,
      kind: 'allocation',
      part: 'officer_in_charge',
      from_at: '2026-06-01 09:00:00',
      to_at: '2106-02-07 00:00:00',
      known_at: '2026-06-01 09:00:00',
      record_id: allocation,
      case_id: 'INV1',
    },
    {
      ...about,
      kind: 'attendance',
      part: '',
      from_at: '2026-06-01 08:00:00',
      to_at: '2026-06-01 09:00:00',
      known_at: '2026-06-01 08:00:00',
      record_id: 'attendances:T1',
      case_id: 'INC1',
    },
  ])
  await lake.insert('upstander.duty_states', [
    {
      staff_id: onePair.staffId,
      start_at: '2026-06-03 07:00:00',
      end_at: '2026-06-03 16:00:00',
      state: 'on_duty',
      reason: 'rostered',
      record_id: 'duties:D1',
    },
  ])
  await lake.insert('upstander.address_stays', [
    {
      ...about,
      record_id: 'stay:V1:1',
      address_kind: 'home',
      unit_id: 'V1',
      start_at: '2026-06-05 01:00:00',
      end_at: '2026-06-05 01:20:00',
      minutes: 20,
      distance_m: 41.6,
      level: 'stay',
      certainty: 'known',
      crew_size: 1,
      ambiguity: 1,
      duty_state: 'off',
    },
  ])
  await lake.insert('upstander.lookups', [
    {
      ...about,
      record_id: 'system_access:L1',
      via: 'person',
      at: '2026-06-01 20:00:00',
      action: 'view',
      remote: true,
      duty_state: '',
    },
  ])
}
