import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cueOf } from './lexicon-cue.ts'
import { readLexicon } from './lexicon.ts'

test('short alternatives are spelled out, and what may be missing is spelled both ways', () => {
  assert.deepEqual(cueOf('\\b(?:miss|missing) (?:you|ya)\\b'), [
    'miss you',
    'miss ya',
    'missing you',
    'missing ya',
  ])
  assert.deepEqual(cueOf("\\bdon'?t (?:tell|say)\\b"), ['dont tell', 'dont say', "don't tell", "don't say"])
})

test('of the pieces that must stand in a message, the most telling is looked for', () => {
  assert.deepEqual(cueOf('\\bsend\\W+(?:\\w+\\W+){0,3}selfies?\\b'), ['selfie'])
  assert.deepEqual(cueOf('\\b(?:they|you) (?:\\w+ )?flirt(?:ing)?'), ['flirt'])
})

test('a longer string that holds a shorter one is left out', () => {
  assert.deepEqual(cueOf('naked|naked pictures|undressed'), ['naked', 'undressed'])
})

test('every branch must have a telling string, or the pattern is looked for itself', () => {
  assert.equal(cueOf('(?:^|\\s)x(?:\\W|$)'), undefined)
  assert.equal(cueOf('handcuffs|\\w+ x$'), undefined)
  assert.equal(cueOf('\\b(?:have|with) (?:\\w+)'), undefined, 'words of every tenth message tell nothing')
})

const patterns = readLexicon().flatMap(({ family, patterns: own }) =>
  own.map(each => ({
    ...each,
    name: `${family}/${each.id}`,
    finds: new RegExp(each.pattern, 'u'),
    cue: cueOf(each.pattern),
  })),
)
const pieces = patterns.flatMap(({ hit, benign }) => `${hit} ${benign}`.toLowerCase().split(/(?<=\s)/))

test('wherever a pattern matches, one of its strings stands', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), words => {
      const text = words.join('')
      for (const { name, finds, cue } of patterns)
        if (cue !== undefined && finds.test(text))
          assert.ok(
            cue.some(one => text.includes(one)),
            `${name}: ${text}`,
          )
    }),
    { numRuns: 300 },
  )
  for (const { name, hit, cue } of patterns)
    if (cue !== undefined)
      assert.ok(
        cue.some(one => hit.toLowerCase().replaceAll('’', "'").includes(one)),
        name,
      )
})
