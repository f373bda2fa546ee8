import assert from 'node:assert/strict'
import { readIndicators } from '../detection/indicators.ts'
import type { TypedDraft } from './read-draft-changes.ts'

const found = readIndicators().find(each => each.id === 'off-duty-contact')
assert.ok(found)

/** The indicator that tests of tuning draft: one that finds something in `tunedWorld`. */
export const drafted = found

/** What is typed to have it as the content has it, but in shadow. */
export const typedInShadow: TypedDraft = {
  parameters: Object.fromEntries(
    Object.entries(drafted.parameters).map(([name, { value }]) => [name, String(value)]),
  ),
  weight: '1',
  status: 'shadow',
}
