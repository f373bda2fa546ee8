import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { onEachStore } from '../casework-store/test-stores.ts'
import { budget } from '../concerns/budget.ts'
import type { ReadDeps } from '../concerns/list-concerns.ts'
import { getConcern } from '../concerns/get-concern.ts'
import { enterNotice, readNotices } from '../concerns/notices.ts'
import { addTestUser, onlyConcern } from '../concerns/test-concerns.ts'
import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import { loadRecords } from '../detection/load-world.ts'
import type { World } from '../detection/record-world.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { confirmInvented } from '../tuning/confirm-feeds.ts'
import { detectAndRaise, raiseFromLake } from './detect-and-raise.ts'

/** Meets a victim of domestic abuse, then texts her off duty and looks her up twice without a reason. */
const world: World = {
  day0: '2025-06-02',
  records: {
    staff: [{ staff_id: 'S1' }, { staff_id: 'S2' }, { staff_id: 'S3', left_on: 'D-90' }],
    devices: [{ address: '+447700900001', staff_id: 'S1' }],
    people: [{ person_id: 'P1' }],
    person_numbers: [{ person_id: 'P1', number: '+447700900101' }],
    person_flags: [{ person_id: 'P1', flag: 'domestic_abuse_victim', from_on: 'D-10' }],
    system_access: [{ staff_id: 'S1', subject_id: 'P1', at: 'D10 14:00', repeat: 2, every: '2d' }],
    billing: [
      {
        device_address: '+447700900001',
        other_address: '+447700900101',
        at: 'D8 20:00',
        repeat: 6,
        every: '1d',
      },
    ],
  },
  rosters: [{ staff_id: 'S1', from: 'D-20', to: 'D20', hours: '08:00-16:00' }],
  attended: [{ incident_id: 'I1', staff: ['S1'], person_id: 'P1', at: 'D0 10:00' }],
}

const clock = fixedClock('2025-06-23T02:00:00Z')
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-jobs-'))
let lake: Lake

before(async () => {
  lake = await openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 2_000, lakeThreads: 0 })
  await loadRecords(lake, world)
})
after(async () => {
  await lake.close()
  rmSync(dataDir, { recursive: true, force: true })
})

onEachStore(store => {
  test('what detection finds in the records becomes one concern, and a second run changes nothing', async () => {
    const deps: ReadDeps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    await confirmInvented(deps, 1_000_000)
    const first = await detectAndRaise({ lake, store: store(), clock, progress: silentProgress })
    assert.equal(first.raised.opened, 1)
    const analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    const concern = await onlyConcern(deps, analyst, {})
    assert.deepEqual(concern.pair, { staffId: 'S1', personId: 'P1' })
    assert.notEqual(concern.account, '')
    assert.ok(concern.parts.length >= 2)
    const again = await raiseFromLake({ lake, store: store(), clock }, first.detected.lastDay)
    assert.deepEqual(again, { opened: 0, joined: 0, reopened: 0, unchanged: 1 })
    // Two of the three are still on the staff on the last day: one new review for them is 500 per 1,000.
    assert.equal((await budget(deps, 5)).rate, 500)
  })

  test('every night also looks for contact with the people in a matter since a notice, and tells each record once', async () => {
    const deps: ReadDeps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    const investigator = await addTestUser(store(), 'In Vestigator', ['investigator'])
    const concern = await onlyConcern(deps, investigator, {})
    const notice = {
      kind: 'served',
      day: '2025-06-12',
      time: '20:00',
      people: [],
      colleagues: [],
      authorisation: '',
      reason: 'A witness may be pressed.',
      from: '',
    }
    assert.equal(
      (await enterNotice(deps, investigator, concern.ref, notice, { staff: [], people: [] })).outcome,
      'entered',
    )
    await detectAndRaise({ lake, store: store(), clock, progress: silentProgress })
    const { seen } = await readNotices(deps, concern.ref)
    // A text every evening from 12 to 15 June, and the look-up of 14 June; that of 12 June came before the notice.
    assert.deepEqual(
      seen.map(each => [each.kind, each.at.toISOString().slice(0, 10), each.explained]).toReversed(),
      [
        ['contact', '2025-06-12', false],
        ['contact', '2025-06-13', false],
        ['look_up', '2025-06-14', false],
        ['contact', '2025-06-14', false],
        ['contact', '2025-06-15', false],
      ],
    )
    await detectAndRaise({ lake, store: store(), clock, progress: silentProgress })
    const { history } = (await getConcern(deps, investigator, concern.ref)) ?? { history: [] }
    assert.deepEqual(
      history.filter(row => row.kind === 'tip_off').map(row => row.detail.says),
      ['4 contacts and 1 look-up after the notice, 5 with no recorded reason.'],
    )
  })
})
