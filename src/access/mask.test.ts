import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskPerson, maskStaff, scrub, type MaskWith } from './mask.ts'

const given: MaskWith = { key: Buffer.alloc(32, 1), purpose: 'review', period: '2026-05' }

test('a mask is five letters that nobody confuses over a telephone, and always the same', () => {
  assert.match(maskStaff(given, 'S1'), /^[234679ACDEFGHJKMNPQRTWXY]{5}$/)
  assert.equal(maskStaff(given, 'S1'), maskStaff({ ...given }, 'S1'))
})

test('another key, purpose, period, kind or person gives another mask', () => {
  const masks = [
    maskStaff(given, 'S1'),
    maskStaff({ ...given, key: Buffer.alloc(32, 2) }, 'S1'),
    maskStaff({ ...given, purpose: 'export' }, 'S1'),
    maskStaff({ ...given, period: '2026-06' }, 'S1'),
    maskPerson(given, 'S1'),
    maskStaff(given, 'S2'),
  ]
  assert.equal(new Set(masks).size, masks.length)
})

test('PSE-03: the masks of everybody for one purpose and month say nothing of those for another', () => {
  const staff = Array.from({ length: 2_000 }, (_, at) => `S${at}`)
  const others = [
    { ...given, purpose: 'look-ups' },
    { ...given, period: '2026-06' },
  ]
  const places = (of: MaskWith): Map<string, number> => {
    const masks = staff.map(id => [id, maskStaff(of, id)] as const)
    return new Map(masks.toSorted((a, b) => (a[1] < b[1] ? -1 : 1)).map(([id], at) => [id, at]))
  }
  const own = places(given)
  for (const other of others) {
    assert.deepEqual(
      staff.filter(id => maskStaff(given, id) === maskStaff(other, id)),
      [],
    )
    // Put in order by their masks, nobody's place in one list tells their place in the other (rank correlation, four standard errors).
    const theirs = places(other)
    const apart = staff.reduce((sum, id) => sum + ((own.get(id) ?? 0) - (theirs.get(id) ?? 0)) ** 2, 0)
    const correlation = 1 - (6 * apart) / (staff.length * (staff.length ** 2 - 1))
    assert.ok(Math.abs(correlation) < 4 / Math.sqrt(staff.length), String(correlation))
  }
})

test('among the staff of a large force hardly any two share a mask', () => {
  const masks = new Set(Array.from({ length: 6_000 }, (_, at) => maskStaff(given, `S${at}`)))
  assert.ok(masks.size >= 5_990, `${masks.size} different masks`)
})

test('free text loses ids, telephone numbers and e-mail addresses, and keeps figures', () => {
  const labels = new Map([
    ['S12', 'Staff 7F3A9'],
    ['P8', 'person 91CQ7'],
  ])
  assert.equal(
    scrub(
      's12 rang P8 38 times on 07700 900192 or +44 7700 900192 (p8@example.org); S123 and P80 did not.',
      labels,
    ),
    'Staff 7F3A9 rang person 91CQ7 38 times on [removed] or [removed] ([removed]); S123 and P80 did not.',
  )
  assert.equal(
    scrub('38 calls, 30 under 5 s, 0.5 km, on 2026-05-19.', labels),
    '38 calls, 30 under 5 s, 0.5 km, on 2026-05-19.',
  )
})

test('whatever the id is made of, it does not survive as a word', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9.*+?^$()[\]\\|-]{2,12}$/), id => {
      const scrubbed = scrub(`(${id})`, new Map([[id, 'X']]))
      assert.equal(scrubbed.includes(`(${id})`), id === 'X')
    }),
  )
})
