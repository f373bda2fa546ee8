import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentFingerprint } from '../../../evaluation/content-fingerprint.ts'
import { shippedEvaluations } from '../../../evaluation/shipped-evaluations.ts'
import { frequencyView } from './frequency-view.ts'

const shipped = shippedEvaluations()

test('the sentence is of a hundred pairs, in whole numbers that add up, with the usual explanations', () => {
  const { sentence, basis } = frequencyView('review', { own: undefined, shipped, content: 'x' })
  const [, offenders, innocent] =
    /^Of 100 pairs like this \(review, no further\) in the simulated forces, about (\d+) were about an offender and (\d+) had an innocent explanation\. The usual ones are: /.exec(
      sentence,
    ) ?? []
  assert.equal(Number(offenders) + Number(innocent), 100, sentence)
  assert.doesNotMatch(sentence, /%|_/)
  assert.match(basis[0] ?? '', /^Counted: \d+ of \d+ pairs in 3 made-up forces \(force by force/)
  assert.match(basis[1] ?? '', /many more than a real force .* Where 1 in 1,000 offends, of 100 members/)
})

test('at watch the figures tell who came no further, and the sentence speaks of them alone', () => {
  const { sentence } = frequencyView('watch', { own: undefined, shipped, content: 'x' })
  assert.match(sentence, /\. The usual ones are: /)
})

test('what was measured before the content changed says so, and says nothing of the kind while it holds', () => {
  const changed = /has changed since/
  assert.match(frequencyView('develop', { own: undefined, shipped, content: 'x' }).basis.join(' '), changed)
  const [first] = shipped
  assert.ok(first)
  const fresh = { ...first, about: { ...first.about, content: contentFingerprint() } }
  const view = frequencyView('develop', { own: fresh, shipped, content: contentFingerprint() })
  assert.doesNotMatch(view.basis.join(' '), changed)
})

test('an evaluation made here is quoted alone, in place of what came with the product', () => {
  const [first] = shipped
  const { basis } = frequencyView('develop', { own: first, shipped, content: 'x' })
  assert.match(basis[0] ?? '', /in 1 made-up force\. That is few/)
})

test('without any evaluation, without a pair at the band, or below every band, it says that there is no figure', () => {
  const none = { own: undefined, shipped: [], content: 'x' }
  assert.match(frequencyView('review', none).sentence, /has not been measured yet/)
  const [first] = shipped
  const empty = first && { ...first, sections: [] }
  assert.match(frequencyView('review', { ...none, own: empty }).sentence, /there is no figure/)
  assert.match(frequencyView('none', { ...none, shipped }).sentence, /below every band/)
  assert.deepEqual(frequencyView('none', { ...none, shipped }).basis, [])
})
