import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { deriveExclusions, insertStaffLinks } from './staff-link-store.ts'
import { addCast, type Cast, type CastName } from './test-cast.ts'

onEachStore(store => {
  let cast: Cast

  before(async () => {
    cast = await addCast(store())
  })

  const keptFrom = async (name: CastName) => {
    const rows = await store()
      .db.selectFrom('exclusions')
      .select(['staff_id', 'person_id', 'kind'])
      .where('user_id', '=', cast[name].id)
      .orderBy('staff_id')
      .orderBy('person_id')
      .execute()
    return rows.map(row => `${row.kind} ${row.staff_id}${row.person_id}`)
  }

  test('an account is kept from what is close to it from the moment it is linked to the staff records', async () => {
    assert.deepEqual(await keptFrom('subject'), [
      'partner PERSON-OF-PARTNER',
      'line CHIEF',
      'colleague COLLEAGUE',
      'partner PARTNER',
      'line PROBATIONER',
      'line SERGEANT',
      'self SUBJECT',
    ])
    assert.deepEqual(await keptFrom('head'), [])
    assert.deepEqual(await keptFrom('analyst'), ['self STRANGER-1'])
  })

  test('the line counts up and down at any depth, and not sideways: two sergeants of one chief are not each other’s line', async () => {
    assert.deepEqual(await keptFrom('chief'), [
      'self CHIEF',
      'line OTHER-SERGEANT',
      'line PROBATIONER',
      'line SERGEANT',
      'line SUBJECT',
    ])
    assert.deepEqual(await keptFrom('supervisor'), [
      'line CHIEF',
      'line PROBATIONER',
      'self SERGEANT',
      'line SUBJECT',
    ])
  })

  test('a partner who is on the staff is found through what was declared, and an ex is kept from the person', async () => {
    assert.deepEqual(await keptFrom('partner'), ['self PERSON-OF-PARTNER', 'self PARTNER', 'partner SUBJECT'])
    assert.deepEqual(await keptFrom('ex'), ['partner SURVIVOR', 'self EX'])
  })

  test('a line that leads in a circle ends', async () => {
    const at = new Date()
    const circle = [
      ['LOOP-1', 'LOOP-2'],
      ['LOOP-2', 'LOOP-1'],
    ].map(([staffId = '', otherStaffId = '']) => ({
      staffId,
      otherStaffId,
      personId: '',
      kind: 'supervises' as const,
      source: 'test',
    }))
    assert.equal(await insertStaffLinks(store().db, circle, at), 2)
    await store().db.updateTable('users').set({ staff_id: 'LOOP-1' }).where('id', '=', cast.head.id).execute()
    assert.deepEqual(await keptFrom('head'), ['self LOOP-1', 'line LOOP-2'])
  })

  test('COI-05: another number, unit or manager takes nothing away: what was kept stays kept', async () => {
    const before = await keptFrom('colleague')
    await store()
      .db.updateTable('users')
      .set({ staff_id: 'STRANGER-9' })
      .where('id', '=', cast.colleague.id)
      .execute()
    await deriveExclusions(store().db, new Date())
    const after = await keptFrom('colleague')
    assert.deepEqual(
      before.filter(each => !after.includes(each)),
      [],
    )
    assert.ok(after.includes('self STRANGER-9'))
  })

  test('the same links a second night change nothing', async () => {
    assert.equal(await deriveExclusions(store().db, new Date()), 0)
  })

  test('COI-05: neither links nor exclusions can be removed or changed by a statement, whoever sends it', async () => {
    for (const change of [
      "delete from staff_links where staff_id = 'SERGEANT'",
      "update staff_links set staff_id = 'NOBODY' where staff_id = 'SERGEANT'",
      'truncate staff_links',
    ])
      await assert.rejects(runSql(store(), change), /can only be added to/)
    for (const change of [
      "delete from exclusions where staff_id = 'SUBJECT'",
      "update exclusions set ended_at = now() where staff_id = 'SUBJECT'",
      "update exclusions set staff_id = 'NOBODY' where staff_id = 'SUBJECT'",
      'truncate exclusions cascade',
    ])
      await assert.rejects(runSql(store(), change), /ends only when two others have agreed/)
  })

  test('an exclusion ends once two others have agreed, and never the one from oneself', async () => {
    const { db } = store()
    const of = async (name: CastName, staff: string) =>
      (
        await db
          .selectFrom('exclusions')
          .select('id')
          .where('user_id', '=', cast[name].id)
          .where('staff_id', '=', staff)
          .executeTakeFirstOrThrow()
      ).id
    const agree = (exclusion: string, by: string, other: string) =>
      db
        .insertInto('exclusion_ends')
        .values({
          id: `${exclusion}-end`,
          exclusion_id: exclusion,
          asked_by: by,
          asked_at: new Date(),
          reason: 'A namesake in another force.',
          agreed_by: other,
          agreed_at: new Date(),
        })
        .execute()
    const end = (id: string) =>
      db.updateTable('exclusions').set({ ended_at: new Date() }).where('id', '=', id).execute()
    const colleague = await of('colleague', 'SUBJECT')
    await assert.rejects(agree(colleague, cast.head.id, cast.head.id), /two_persons/)
    await agree(colleague, cast.head.id, cast.investigator.id)
    await end(colleague)
    const own = await of('subject', 'SUBJECT')
    await agree(own, cast.head.id, cast.investigator.id)
    await assert.rejects(end(own), /two others have agreed/)
    const partners = await of('partner', 'SUBJECT')
    await agree(partners, cast.partner.id, cast.head.id)
    await assert.rejects(end(partners), /two others have agreed/)
  })
})
