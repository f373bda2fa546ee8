import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCredits } from '../../src/detection/credits.ts'
import { readIndicators } from '../../src/detection/indicators.ts'
import { isTest, projectFiles, textOf } from './project-files.ts'

test('TypeScript knows no single indicator, so that adding one needs none', () => {
  const ids = readIndicators().map(each => each.id)
  const code = projectFiles().filter(path => /^(src|bin)\/.*\.(ts|mjs)$/.test(path) && !isTest(path))
  assert.deepEqual(
    code.flatMap(path => ids.filter(id => textOf(path).includes(id)).map(id => `${path} names ${id}`)),
    [],
  )
})

test('every indicator has a line in the log of changes', () => {
  const changes = textOf('CHANGELOG.md')
  assert.deepEqual(
    readIndicators()
      .map(each => each.id)
      .filter(id => !new RegExp(`^- \`(new|update|fix|retire):\` .*\`${id}\``, 'm').test(changes)),
    [],
  )
})

test('every credit is an innocent explanation that a person can choose too', () => {
  const words = textOf('content/vocabularies/innocent-explanations.yaml')
  assert.deepEqual(
    readCredits()
      .map(each => each.id)
      .filter(id => !new RegExp(`^${id}:`, 'm').test(words)),
    [],
  )
})

test('the feed on equality is read in one place, for the report on disparity', () => {
  const code = projectFiles().filter(path => /^(src|content)\/.*\.(ts|sql)$/.test(path) && !isTest(path))
  assert.deepEqual(
    code.filter(path => /\b(from|join)\s+(upstander\.)?staff_equality\b/.test(textOf(path))),
    ['src/evaluation/read-groups.ts'],
  )
})
