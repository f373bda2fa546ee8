import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absentSentence, defaultDataSetsDir } from './check.ts'
import { realDataChecks } from './checks.ts'
import { runCheck } from './run-check.ts'

for (const check of realDataChecks) {
  test(`${check.dataSet}: ${check.proves}`, async t => {
    const rows = await runCheck(check, defaultDataSetsDir)
    if (rows === undefined) {
      t.diagnostic(absentSentence(check.dataSet))
      return
    }
    for (const { name, expected, got, cause } of rows) {
      t.diagnostic(`${name}: ${got} (known: ${expected})${cause === undefined ? '' : `; ${cause}`}`)
    }
    assert.notEqual(rows.length, 0)
    assert.deepEqual(
      rows.filter(({ ok }) => !ok),
      [],
    )
  })
}
