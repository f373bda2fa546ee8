import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachStore } from '../casework-store/test-stores.ts'
import { addTestUser } from '../concerns/test-concerns.ts'
import { openTestLake } from '../detection/built-world.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedDeps, tunedWorld } from '../detection/tuned-world.ts'
import { rulesText } from '../evaluation/figure-text.ts'
import type { Lake } from '../lake/lake.ts'
import { confirmInvented } from '../tuning/confirm-feeds.ts'
import { askToPublish, publishDraft } from '../tuning/publish-draft.ts'
import { saveDraft } from '../tuning/save-draft.ts'
import { drafted as indicator, typedInShadow } from '../tuning/test-drafts.ts'
import { findDraft } from '../tuning/tuning-store.ts'
import { measureLive } from './measure-live.ts'

const from = '10.0.0.7'
const truth = {
  offences: [{ staff_id: 'S1', person_id: 'P1', first_improper_on: '2025-06-10' }],
  roles: [],
}
let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
})
after(() => lake.close())

onEachStore(store => {
  const deps = () => ({ ...tunedDeps(lake), store: store() })
  const measured = async () => {
    const { evaluation, setting } = await measureLive(deps(), truth, { name: 'A made-up force' })
    const pair = setting.subjects
      .find(each => each.staffId === 'S1')
      ?.pairs.find(each => each.personId === 'P1')
    const rows = await lake.rows<{ n: number }>(
      `select count() as n from upstander.findings where indicator = '${indicator.id}'`,
    )
    return {
      most: Math.max(0, ...(pair?.peaks ?? []).map(each => each.points)),
      left: rows[0]?.n ?? 0,
      rules: rulesText(evaluation),
    }
  }

  test('an evaluation measures what the unit published, says so, and leaves the findings of the nightly run', async () => {
    const head = await addTestUser(store(), 'Hea Dunit', ['head_of_unit'])
    const second = await addTestUser(store(), 'Inve Stigator', ['investigator'])
    await confirmInvented(deps(), 1_000_000)
    const shipped = await measured()
    assert.ok(shipped.left > 0)
    assert.match(shipped.rules, /as the content has it, with no change/)

    await saveDraft(deps(), head, indicator, { typed: typedInShadow, from })
    const version = async () => (await findDraft(store().db, indicator.id))?.version
    await askToPublish(deps(), head, indicator.id, {
      reason: 'Too often wrong here.',
      version: await version(),
      from,
    })
    const agreed = await publishDraft(deps(), second, indicator, { version: await version(), from })
    assert.equal(agreed.outcome, 'published')

    const live = await measured()
    assert.ok(live.most < shipped.most, `${live.most} of ${shipped.most}`)
    assert.equal(live.left, 0)
    assert.match(live.rules, /as this unit has it live.*indicators changed here: off-duty-contact\./)
  })
})
