import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownAddress } from './own-address.ts'

test('an address of ours stays as it is', () => {
  assert.equal(ownAddress('/records/rejects.csv?feed=billing'), '/records/rejects.csv?feed=billing')
})

test('nothing leads to another site', () => {
  for (const bad of [
    '',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '\\/elsewhere.example',
    '/\t/elsewhere.example',
    '/a\r\nset-cookie: x=y',
    'javascript:alert(1)',
  ])
    assert.equal(ownAddress(bad), '/', JSON.stringify(bad))
})
