import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIndicators } from './indicators.ts'
import { settingWords } from './setting-words.ts'

test('every setting of every indicator has words that a detective can read', () => {
  const names = new Set(readIndicators().flatMap(({ parameters }) => Object.keys(parameters)))
  const wordless = [...names].filter(name => !/^[A-Z].* |^Points$/.test(settingWords(name)))
  assert.deepEqual(wordless, [], 'give it words in content/indicators/settings.yaml')
})
