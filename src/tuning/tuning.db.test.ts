import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { listConcerns, type ReadDeps } from '../concerns/list-concerns.ts'
import { recordDisposition } from '../concerns/record-disposition.ts'
import { addTestUser, clearConcerns } from '../concerns/test-concerns.ts'
import { openTestLake } from '../detection/built-world.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedDeps, tunedWorld } from '../detection/tuned-world.ts'
import { detectAndRaise } from '../jobs/detect-and-raise.ts'
import type { Lake } from '../lake/lake.ts'
import { judgePreview } from './judge-preview.ts'
import { listPastDispositions } from './past-disposition-store.ts'
import { askToPublish, publishDraft, returnDraft } from './publish-draft.ts'
import type { TypedDraft } from './read-draft-changes.ts'
import { confirmInvented } from './confirm-feeds.ts'
import { readRules } from './read-rules.ts'
import { rollBack } from './roll-back.ts'
import { discardDraft, saveDraft } from './save-draft.ts'
import { drafted as indicator, typedInShadow } from './test-drafts.ts'
import { findDraft, listEditions } from './tuning-store.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
})
after(() => lake.close())

onEachStore(store => {
  const from = '10.0.0.7'
  let head: User
  let second: User
  let analyst: User
  const deps = () => ({ ...tunedDeps(lake), store: store() })
  const reading = (): ReadDeps => ({ ...deps(), maskKey: Buffer.alloc(32, 7) })
  const version = async () => (await findDraft(store().db, indicator.id))?.version

  before(async () => {
    head = await addTestUser(store(), 'Hea Dunit', ['head_of_unit'])
    second = await addTestUser(store(), 'Inve Stigator', ['investigator'])
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    await confirmInvented(deps(), 1_000_000)
    await detectAndRaise(deps())
  })

  beforeEach(async () => {
    await discardDraft(deps(), head, indicator.id, from)
    await store().db.deleteFrom('indicator_editions').execute()
  })

  const draft = async (typed: TypedDraft = typedInShadow) => {
    assert.equal((await saveDraft(deps(), head, indicator, { typed, from })).outcome, 'saved')
  }
  const ask = async (reason = 'Nine of ten were explained.') =>
    askToPublish(deps(), head, indicator.id, { reason, version: await version(), from })
  const agree = async (who = second) =>
    publishDraft(deps(), who, indicator, { version: await version(), from })

  test('what is typed is checked field by field, and nothing is kept until all of it is right', async () => {
    const [name = ''] = Object.keys(indicator.parameters)
    const typed = { parameters: { [name]: 'many' }, weight: '7', status: 'off' }
    const result = await saveDraft(deps(), head, indicator, { typed, from })
    assert.equal(result.outcome, 'invalid')
    assert.deepEqual(
      Object.keys(result.faults).sort(),
      [...Object.keys(indicator.parameters), 'status', 'weight'].sort(),
    )
    assert.equal(await findDraft(store().db, indicator.id), undefined)
  })

  test('a draft is previewed and changes nothing that detection runs with', async () => {
    await draft()
    const kept = await findDraft(store().db, indicator.id)
    assert.ok(kept?.preview && kept.preview.findingsBefore > 0)
    assert.equal(kept.preview.findingsAfter, 0)
    assert.deepEqual(kept.changes, { parameters: {}, weight: 1, status: 'shadow' })
    assert.deepEqual(await readRules(store().db), { tunings: [], exceptions: [] })
  })

  test('publishing needs a reason and another person, and takes an edition', async () => {
    await draft()
    assert.equal((await agree()).outcome, 'missing', 'nobody has asked')
    assert.equal((await ask(' ')).outcome, 'invalid')
    assert.equal((await ask()).outcome, 'asked')
    assert.equal((await agree(head)).outcome, 'own-draft')
    assert.equal((await agree(analyst)).outcome, 'missing')
    assert.equal((await agree()).outcome, 'published')
    assert.equal(await findDraft(store().db, indicator.id), undefined)
    const { tunings } = await readRules(store().db)
    assert.deepEqual(tunings, [
      { indicator: indicator.id, edition: 1, parameters: {}, weight: 1, status: 'shadow' },
    ])
    const [edition] = await listEditions(store().db, indicator.id)
    assert.deepEqual(
      [edition?.madeByName, edition?.agreedByName, edition?.reason],
      ['Hea Dunit', 'Inve Stigator', 'Nine of ten were explained.'],
    )
    const last = await store()
      .db.selectFrom('audit_entries')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()
    assert.deepEqual(
      last.map(each => [each.what, each.who, each.subject, each.outcome]),
      [
        ['tuning-published', second.id, `${indicator.id} ${indicator.version}.1`, 'done'],
        ['tuning-asked', head.id, indicator.id, 'done'],
      ],
    )
  })

  test('the store itself refuses an edition that one person made alone', async () => {
    const alone = {
      indicator: indicator.id,
      edition: 1,
      content_version: 1,
      changes: '{}',
      preview: null,
      reason: 'Because.',
      made_by: head.id,
      agreed_by: head.id,
      rolled_back_to: null,
      at: new Date(),
    }
    await assert.rejects(store().db.insertInto('indicator_editions').values(alone).execute(), /two_persons/)
  })

  test('a draft that changed after it was read is neither asked for nor agreed to', async () => {
    await draft()
    const stale = { reason: 'Because.', version: await version(), from }
    await draft({ ...typedInShadow, weight: '0.5' })
    assert.equal((await askToPublish(deps(), head, indicator.id, stale)).outcome, 'changed')
    await ask()
    assert.equal((await publishDraft(deps(), second, indicator, stale)).outcome, 'changed')
    assert.equal(
      (await publishDraft(deps(), second, { ...indicator, version: 99 }, { version: await version(), from }))
        .outcome,
      'content-changed',
    )
  })

  test('a draft that was changed or sent back has to be asked for again', async () => {
    await draft()
    await ask()
    assert.equal(
      (await returnDraft(deps(), second, indicator.id, { version: await version(), from })).outcome,
      'returned',
    )
    assert.equal((await agree()).outcome, 'missing')
    await ask()
    await draft({ ...typedInShadow, weight: '0.5' })
    assert.equal((await agree()).outcome, 'missing')
  })

  test('rolling back is one action of one person, an edition of its own, and can be rolled back too', async () => {
    await draft()
    await ask()
    await agree()
    const back = (to: number, who = head) => rollBack(deps(), who, indicator, { to, from })
    assert.equal((await back(0, second)).outcome, 'missing')
    assert.equal((await back(1)).outcome, 'missing', 'it runs already')
    assert.equal((await back(0)).outcome, 'rolled-back')
    assert.deepEqual((await readRules(store().db)).tunings[0], {
      indicator: indicator.id,
      edition: 2,
      parameters: {},
      weight: 1,
      status: undefined,
    })
    assert.equal((await back(1)).outcome, 'rolled-back')
    assert.equal((await readRules(store().db)).tunings[0]?.status, 'shadow')
    assert.deepEqual(
      (await listEditions(store().db, indicator.id)).map(each => [each.edition, each.rolledBackTo]),
      [
        [3, 1],
        [2, 0],
        [1, undefined],
      ],
    )
  })

  test('a preview says which past dispositions the draft would have reversed, and what it would have spared', async () => {
    await draft()
    const preview = (await findDraft(store().db, indicator.id))?.preview
    assert.ok(preview)
    const { concerns } = await listConcerns(reading(), analyst)
    const concern = concerns.find(each => preview.changed.some(pair => pair.staffId === each.pair.staffId))
    const pair = preview.changed.find(each => each.staffId === concern?.pair.staffId)
    assert.ok(concern && pair)
    await recordDisposition(reading(), analyst, concern.ref, { kind: 'develop', reason: 'Three remain.' })
    const judge = async (bandAfter = pair.bandAfter) =>
      judgePreview(
        { ...preview, changed: [{ ...pair, bandAfter }] },
        await listPastDispositions(store().db, head.id),
        5,
      )
    assert.deepEqual(
      (await judge()).reversed.map(each => each.effect),
      pair.bandAfter === 'watch' ? ['hidden'] : [],
    )
    assert.deepEqual(
      (await judge('watch')).reversed.map(each => [each.ref, each.effect]),
      [[concern.ref, 'hidden']],
    )
    const explained = {
      kind: 'no_concern',
      explanation: 'declared-before',
      reason: 'HR has the form.',
    } as const
    await recordDisposition(reading(), analyst, concern.ref, explained)
    assert.deepEqual(
      (await judge('watch')).agreeing.map(each => each.effect),
      ['spared'],
    )
    assert.deepEqual((await judge('watch')).reversed, [])
    await store().db.updateTable('dispositions').set({ band: 'review' }).execute()
    assert.deepEqual(
      (await judge('priority')).reversed.map(each => each.effect),
      ['back'],
    )
    await clearConcerns(store())
  })
})
