import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import type { World } from './record-world.ts'

/**
 * Three pairs for tests of what a unit changes: S1 texts a victim of domestic abuse off duty and looks her up, S2 rings one number
 * again and again for seconds, S3 stops at a home without being sent.
 */
export const tunedWorld: World = {
  day0: '2025-06-02',
  records: {
    staff: [1, 2, 3].map(n => ({ staff_id: `S${n}` })),
    postings: [1, 2, 3].map(n => ({ staff_id: `S${n}`, post: 'response' })),
    devices: [1, 2].map(n => ({ address: `+44770090000${n}`, staff_id: `S${n}` })),
    people: [1, 2, 3].map(n => ({ person_id: `P${n}` })),
    person_numbers: [1, 2].map(n => ({ person_id: `P${n}`, number: `+44770090010${n}` })),
    person_addresses: [{ person_id: 'P3', lat: 52.01, lon: -1.1 }],
    person_flags: [{ person_id: 'P1', flag: 'domestic_abuse_victim', from_on: 'D-10' }],
    system_access: [{ staff_id: 'S1', subject_id: 'P1', at: 'D10 14:00', repeat: 2, every: '2d' }],
    units: [{ unit_id: 'V1', kind: 'vehicle' }],
    assignments: [
      {
        assignment_id: 'A1',
        staff_id: 'S2',
        person_id: 'P2',
        part: 'engagement_plan',
        from_at: 'D0 08:00',
        to_at: 'D60 08:00',
      },
    ],
    billing: [
      {
        device_address: '+447700900001',
        other_address: '+447700900101',
        at: 'D8 20:00',
        repeat: 6,
        every: '1d',
      },
      {
        device_address: '+447700900002',
        other_address: '+447700900102',
        kind: 'voice',
        duration_s: 4,
        at: 'D3 20:00',
        repeat: 12,
        every: '1d',
      },
    ],
  },
  rosters: [1, 2, 3].map(n => ({ staff_id: `S${n}`, from: 'D-20', to: 'D30', hours: '08:00-16:00' })),
  attended: [
    { incident_id: 'I1', staff: ['S1'], person_id: 'P1', at: 'D0 10:00' },
    { incident_id: 'I2', staff: ['S2'], person_id: 'P2', at: 'D0 12:00' },
    { incident_id: 'I3', staff: ['S3'], person_id: 'P3', at: 'D0 13:00' },
  ],
  visits: [
    {
      unit_id: 'V1',
      staff: ['S3'],
      at: 'D4 10:00',
      minutes: 20,
      place: [52.01, -1.1],
      repeat: 5,
      every: '2d',
    },
  ],
}

/** What detection of that world needs: weeks after its last record. */
export const tunedDeps = (lake: Lake) => ({
  lake,
  clock: fixedClock('2025-07-20T02:00:00Z'),
  progress: silentProgress,
})
