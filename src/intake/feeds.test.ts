import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../core/project-root.ts'
import { readFeeds, readFeedsOf } from './feeds.ts'

test('every feed of the contract has an owner, a lawful basis, a retention time and a way to staff', () => {
  const { feeds } = readFeeds()
  assert.equal(feeds.length, 40)
  for (const feed of feeds) {
    assert.ok(feed.owner !== '' && feed.lawfulBasis !== '' && feed.retentionDays > 0, feed.name)
    const names = feed.fields.map(field => field.name)
    const needs = { staff_id: 'staff_id', device: 'device_address', unit: 'unit_id', none: undefined }[
      feed.tie
    ]
    assert.ok(needs === undefined || names.includes(needs), `${feed.name} is tied by ${String(needs)}`)
    assert.ok(
      feed.fields.every(field => !feed.primaryKey.includes(field.name) || field.required),
      `${feed.name}: a key is never empty`,
    )
  }
})

test('protected characteristics are tied to nobody in coverage', () => {
  assert.equal(readFeeds().feeds.find(feed => feed.name === 'staff_equality')?.tie, 'none')
})

test('a policy that names no feed of the contract, or leaves one out, is refused with the name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upstander-feeds-'))
  cpSync(join(projectRoot, 'content/feeds'), folder, { recursive: true })
  const policy = readFileSync(join(folder, 'feeds.yaml'), 'utf8')
  writeFileSync(join(folder, 'feeds.yaml'), policy.replace(/^ {2}billing:/m, '  biling:'))
  assert.throws(() => readFeedsOf(folder), /there is no feed "biling"/)
  writeFileSync(join(folder, 'feeds.yaml'), policy.replace('event_time: opened_at', 'event_time: open_at'))
  assert.throws(() => readFeedsOf(folder), /incidents has no column "open_at"/)
  rmSync(folder, { recursive: true })
})
