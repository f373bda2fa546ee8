import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { addCast, type Cast, type CastName } from '../access/test-cast.ts'
import { onEachStore, readSql } from '../casework-store/test-stores.ts'
import { asRole } from '../casework-store/test-role.ts'
import { fixedClock } from '../core/clock.ts'
import { getConcern } from './get-concern.ts'
import { listConcerns } from './list-concerns.ts'
import { recordDisposition } from './record-disposition.ts'
import { addCaseFiles } from './test-case-file.ts'

onEachStore((store, opened) => {
  let cast: Cast
  let refs: { readonly theirs: string; readonly other: string }
  const absent = 'AAAA-2222'

  before(async () => {
    cast = await addCast(store())
    refs = await addCaseFiles(store(), cast)
  })

  const straight = (name: CastName, ...statements: readonly string[]) =>
    asRole(opened(), 'upstander_staff', cast[name].token, ...statements)
  const depsOf = (name: CastName) => ({
    store: { db: store().actFor({ role: 'upstander_staff', token: cast[name].token }) },
    clock: fixedClock('2026-05-20T09:00:00Z'),
    maskKey: Buffer.alloc(32, 7),
  })

  test('COI-03: rows of a concern that is kept from somebody are refused exactly as those of one that is not there', async () => {
    const inserts = (ref: string): string[] => [
      `insert into concern_history (ref, at, kind, detail) values ('${ref}', now(), 'decided', '{}')`,
      `insert into concern_evidence (ref, evidence_id, first_seen_at) values ('${ref}', 'billing:1', now())`,
      `insert into concern_evidence (ref, evidence_id, first_seen_at) values ('${ref}', 'billing:1', now()) on conflict do nothing`,
      `insert into dispositions (ref, kind, reason, by_user, at, band, points, before)
        values ('${ref}', 'develop', 'x', '${cast.supervisor.id}', now(), 'review', 1, '{}')`,
      `insert into unmasks (id, ref, asked_by, asked_at, reason) values ('u1', '${ref}', '${cast.supervisor.id}', now(), 'x')`,
      `insert into exceptions (id, kind, number, concern_ref, reason, owner, from_on, until_on, made_by, made_at)
        values ('x1', 'number', '+44', '${ref}', 'x', '${cast.supervisor.id}', now(), now(), '${cast.supervisor.id}', now())`,
    ]
    for (const [at, statement] of inserts(refs.theirs).entries()) {
      const kept = await straight('supervisor', statement)
      const missing = await straight('supervisor', inserts(absent)[at] ?? '')
      assert.deepEqual([kept.refused, missing.refused], ['42501', '42501'], statement)
    }
    for (const change of [
      (ref: string) => `update concerns set status = 'closed' where ref = '${ref}' returning 1`,
      (ref: string) => `select ref from concerns where ref = '${ref}' for update`,
      (ref: string) => `update unmasks set granted_by = asked_by where ref = '${ref}' returning 1`,
      (ref: string) =>
        `select * from concern_history where ref = '${ref}' and 1 / (length(kind) - length(kind)) = 1`,
    ]) {
      assert.deepEqual(
        await straight('supervisor', change(refs.theirs)),
        await straight('supervisor', change(absent)),
      )
      assert.deepEqual((await straight('supervisor', change(refs.theirs))).rows, [])
    }
  })

  test('COI-02: figures that everybody reads leave out what is kept from the reader', async () => {
    const entered = async (name: CastName) =>
      Number((await straight(name, "select count_entered('2026-01-01', '2026-12-31') as n")).rows[0]?.['n'])
    const decided = async (name: CastName) =>
      Number(
        (await straight(name, "select sum(developed) as n from count_decided('2026-01-01', '2026-12-31')"))
          .rows[0]?.['n'],
      )
    assert.deepEqual([await entered('analyst'), await decided('analyst')], [2, 2])
    assert.deepEqual([await entered('handler'), await decided('administrator')], [2, 2])
    assert.deepEqual([await entered('partner'), await decided('chief')], [1, 1])
    const nobody = await asRole(
      opened(),
      'upstander_staff',
      '',
      "select count_entered('2026-01-01', '2026-12-31') as n",
    )
    assert.equal(Number(nobody.rows[0]?.['n']), 0)
  })

  test('COI-06: whoever turns out to be close to somebody is cut off at once, in the visit they have open', async () => {
    const deps = depsOf('analyst')
    assert.ok(await getConcern(deps, cast.analyst, refs.other))
    await store()
      .db.insertInto('staff_links')
      .values({
        staff_id: 'NOBODY-S',
        other_staff_id: 'STRANGER-1',
        person_id: '',
        kind: 'partner',
        source: 'disclosures:D9',
        first_seen_at: new Date(),
      })
      .execute()
    await readSql(store().db, 'select derive_exclusions(now(), null)')
    assert.equal(await getConcern(deps, cast.analyst, refs.other), undefined)
    const decision = { kind: 'develop', reason: 'x' }
    assert.deepEqual(await recordDisposition(deps, cast.analyst, refs.other, decision), {
      outcome: 'missing',
    })
    const { total, counts } = await listConcerns(deps, cast.analyst, { status: 'all' })
    assert.deepEqual([total, counts.map(each => each.count)], [1, [1]])
  })

  test('RLS-02: two hundred queries of many people at once, some of which fail: each is asked for whoever asks, and nothing stays on a connection', async () => {
    const names: readonly CastName[] = ['analyst', 'supervisor', 'head', 'auditor', 'investigator']
    const ask = async (turn: number): Promise<void> => {
      const name = names[(turn * 7) % names.length] ?? 'head'
      const db = store().actFor({ role: 'upstander_staff', token: cast[name].token })
      if (turn % 3 === 0) await assert.rejects(readSql(db, 'select 1 / 0'))
      if (turn % 5 === 0)
        await assert.rejects(
          db.transaction().execute(async trx => readSql(trx, 'select nothing_of_the_kind')),
        )
      const [row] = await readSql<{ asks: string }>(db, 'select asker() as asks')
      assert.equal(row?.asks, cast[name].id)
    }
    for (let from = 0; from < 200; from += 20)
      await Promise.all(Array.from({ length: 20 }, (_, at) => ask(from + at)))
    const [left] = await readSql<{ token: string; role: string }>(
      store().db,
      "select coalesce(current_setting('upstander.token', true), '') as token, current_setting('role') as role",
    )
    assert.deepEqual(left, { token: '', role: 'none' })
  })

  test('RLS-03: no setting makes somebody another, and a token of nobody is nobody', async () => {
    const forged = [
      "select set_config('upstander.user', 'u1', true)",
      "select set_config('upstander.uid', 'u1', true)",
      "select set_config('app.tok', 'u1', true)",
      "select set_config('upstander.token', 'x', true)",
      "select set_config('upstander.token', repeat('0', 64), true)",
      "select set_config('upstander.token', '''; select 1', true)",
    ]
    for (const statement of forged) {
      const told = await straight('subject', statement, `select 1 from concerns where ref = '${refs.theirs}'`)
      assert.deepEqual(told, { rows: [], refused: '' }, statement)
    }
  })

  test('RLS-04: no condition that fails on a row tells of one that is kept from whoever asks', async () => {
    const leaky = [
      `select 1 from concerns where 1 / (case when staff_id = 'SUBJECT' then 0 else 1 end) = 1`,
      `select 1 from concerns where (case when staff_id = 'SUBJECT' then staff_id else '1' end)::int = 1`,
      `select 1 from dispositions where 1 / (case when ref = '${refs.theirs}' then 0 else 1 end) = 1`,
      `select count(*) from concern_history where sqrt(case when ref = '${refs.theirs}' then -1 else 1 end) = 1`,
    ]
    for (const statement of leaky) {
      assert.equal((await straight('supervisor', statement)).refused, '', statement)
      // Whoever may read the row is told, so that the condition is one that fails on it.
      assert.match((await straight('head', statement)).refused, /^22/, statement)
    }
  })

  test('an account that was disabled, and a session that was ended, read nothing from that moment on', async () => {
    const count = 'select 1 from concerns'
    assert.ok((await straight('investigator', count)).rows.length > 0)
    await store()
      .db.updateTable('users')
      .set({ disabled_at: new Date() })
      .where('id', '=', cast.investigator.id)
      .execute()
    assert.deepEqual((await straight('investigator', count)).rows, [])
    assert.ok((await straight('head', count)).rows.length > 0)
    await store().db.deleteFrom('sessions').where('user_id', '=', cast.head.id).execute()
    assert.deepEqual((await straight('head', count)).rows, [])
  })

  test('BRK-01: the store lets nobody agree to their own unmasking, under another’s name, for longer than a shift, or twice', async () => {
    const ask = (id: string, by: string) =>
      store()
        .db.insertInto('unmasks')
        .values({ id, ref: refs.theirs, asked_by: by, asked_at: new Date(), reason: 'x', granted_by: null })
        .execute()
    const token = randomUUID()
    const at = new Date()
    const head = { ...cast.head, token }
    const times = {
      expires_at: at,
      opened_at: at,
      seen_at: at,
      proved_at: at,
      created_at: at,
      updated_at: at,
    }
    await store()
      .db.insertInto('sessions')
      .values({ id: randomUUID(), user_id: head.id, token, method: 'passkey', second_step: true, ...times })
      .execute()
    const asHead = (...statements: readonly string[]) =>
      asRole(opened(), 'upstander_staff', token, ...statements)
    const [own, others] = [randomUUID(), randomUUID()]
    await ask(own, head.id)
    await ask(others, cast.analyst.id)
    const grant = (id: string, by: string, hours = 8): string =>
      `update unmasks set granted_by = '${by}', granted_at = now(), expires_at = now() + interval '${hours} hours'
        where id = '${id}' returning 1 as done`
    assert.deepEqual((await asHead(grant(own, head.id))).rows, [], 'their own')
    assert.equal((await asHead(grant(others, cast.investigator.id))).refused, '42501', 'another’s name')
    assert.equal((await asHead(grant(others, head.id, 9))).refused, '23514', 'longer than a shift')
    assert.deepEqual((await asHead(grant(others, head.id), grant(others, head.id))).rows, [], 'twice')
    assert.equal((await asHead(grant(others, head.id))).rows.length, 1)
    assert.deepEqual(
      (await straight('supervisor', grant(others, cast.supervisor.id))).rows,
      [],
      'kept from them',
    )
    const shown = `insert into unmasks (id, ref, asked_by, asked_at, reason, granted_by, granted_at, expires_at)
      values ('u9', '${refs.theirs}', '${head.id}', now(), 'x', '${cast.analyst.id}', now(), now() + interval '1 hour')`
    assert.equal((await asHead(shown)).refused, '42501', 'granted as it is asked')
  })

  test('what is done goes under one’s own name: no decision, sweep, notice or history of another', async () => {
    const by = cast.supervisor.id
    for (const statement of [
      `insert into concern_history (ref, at, kind, detail, by_user) values ('${refs.other}', now(), 'decided', '{}', '${by}')`,
      `insert into dispositions (ref, kind, reason, by_user, at, band, points, before)
        values ('${refs.other}', 'develop', 'x', '${by}', now(), 'review', 1, '{}')`,
      `insert into exclusions (user_id, staff_id, kind, source, since, by_user) values ('${by}', 'S9', 'recusal', 'x', now(), '${by}')`,
    ])
      assert.equal((await straight('colleague', statement)).refused, '42501', statement)
  })
})
