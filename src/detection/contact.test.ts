import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'

const mine = '+447700900001'
const passedOn = '+447700900002'
const pool = '+447700900003'
const unnamed = '+447700900004'
const returned = '+447700900005'
const colleague = '+447700900006'
const hers = '+447700900101'
const moved = '+447700900102'
const household = '+447700900103'
const nobodys = '+447700900199'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const sms = (id: string, device: string, other: string, at: string, more: object = {}) => ({
    record_id: id,
    device_address: device,
    other_address: other,
    at,
    ...more,
  })
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: [{ staff_id: 'S1', personal_number: '+447700900301' }, { staff_id: 'S2' }],
      postings: [
        { staff_id: 'S1', post: 'response', from_on: 'D-100', to_on: 'D4' },
        { staff_id: 'S1', post: 'custody', from_on: 'D5' },
      ],
      devices: [
        { address: mine, staff_id: 'S1' },
        { address: passedOn, device_id: 'a', staff_id: 'S1', from_at: 'D-50 00:00', to_at: 'D5 00:00' },
        { address: passedOn, device_id: 'b', staff_id: 'S2', from_at: 'D6 00:00' },
        { address: pool, staff_id: 'S1', shared: true },
        { address: unnamed, shared: true },
        { address: returned, staff_id: 'S1', from_at: 'D-50 00:00', to_at: 'D2 00:00' },
        { address: colleague, staff_id: 'S2', from_at: 'D5 00:00' },
      ],
      person_numbers: [
        { person_id: 'P1', number: hers },
        { person_id: 'P2', number: moved, from_on: 'D-50', to_on: 'D4' },
        { person_id: 'P3', number: moved, from_on: 'D5' },
        { person_id: 'P4', number: household, from_on: 'D-90' },
        { person_id: 'P5', number: household, from_on: 'D-80' },
      ],
      billing: [
        sms('plain', mine, hers, 'D0 12:00'),
        sms('before hand-over', passedOn, hers, 'D4 12:00'),
        sms('in a drawer', passedOn, hers, 'D5 12:00'),
        sms('after hand-over', passedOn, hers, 'D6 12:00'),
        sms('pool', pool, hers, 'D0 12:00'),
        sms('unnamed', unnamed, hers, 'D0 12:00'),
        sms('returned', returned, hers, 'D3 12:00'),
        sms('old number', mine, moved, 'D4 12:00'),
        sms('new number', mine, moved, 'D5 12:00'),
        sms('household, not met', mine, household, 'D0 12:00'),
        sms('household, met', mine, household, 'D9 12:00'),
        sms('nobody', mine, nobodys, 'D0 12:00'),
        sms('colleague', mine, colleague, 'D6 12:00'),
        sms('not yet a colleague', mine, colleague, 'D4 12:00'),
        sms('own telephone', mine, '+447700900301', 'D0 12:00'),
        sms('after posting', mine, hers, 'D6 12:00'),
        sms('talk 1', mine, hers, 'D10 12:00', { direction: 'in' }),
        sms('talk 2', mine, hers, 'D10 12:59'),
        sms('talk 3', mine, hers, 'D10 13:59'),
        sms('call', mine, hers, 'D10 14:05', { kind: 'voice' }),
        sms('after call', mine, hers, 'D10 14:10'),
        sms('billed twice', mine, hers, 'D12 12:00:05'),
      ],
      messages: [
        { message_id: 'twin', device_address: mine, other_address: hers, at: 'D12 12:00:40', text: 'x' },
        { message_id: 'no twin', device_address: mine, other_address: hers, at: 'D12 12:03', text: 'x' },
        {
          message_id: 'mail',
          device_address: mine,
          other_address: hers,
          channel: 'email',
          at: 'D12 12:00:40',
          text: 'x',
        },
      ],
      stops: [{ staff_id: 'S1', person_id: 'P4', at: 'D8 12:00' }],
    },
  })
})
after(() => lake.close())

type Contact = {
  staff_id: string
  party_id: string
  person_id: string
  attribution: string
  sharers: number
  post: string
  opens: boolean
  conversation: string
  started_by: string
}

const contact = async (id: string): Promise<Contact | undefined> => {
  const [row] = await lake.rows<Contact>(
    `select staff_id, party_id, person_id, attribution, sharers, post, opens, formatDateTime(conversation_at, '%H:%i') as conversation, started_by
     from upstander.contacts where record_id = {id:String}`,
    { id: id.includes(':') ? id : `billing:${id}` },
  )
  return row
}

test('a contact belongs to the holder of the device and the person with the number', async () => {
  const found = await contact('plain')
  assert.deepEqual([found?.staff_id, found?.person_id, found?.attribution], ['S1', 'P1', 'held'])
})

test('a device issued again belongs to its new holder from then on, and to nobody in the drawer between', async () => {
  assert.equal((await contact('before hand-over'))?.staff_id, 'S1')
  assert.deepEqual(
    [(await contact('in a drawer'))?.staff_id, (await contact('in a drawer'))?.attribution],
    ['', 'unknown'],
  )
  assert.equal((await contact('after hand-over'))?.staff_id, 'S2')
  assert.equal((await contact('returned'))?.staff_id, '')
})

test('a shared device says that its holder is uncertain, whether or not one is named', async () => {
  const named = await contact('pool')
  assert.deepEqual([named?.staff_id, named?.attribution], ['S1', 'shared'])
  const unnamedOne = await contact('unnamed')
  assert.deepEqual([unnamedOne?.staff_id, unnamedOne?.attribution], ['', 'shared'])
})

test('a number that moved from one person to another is the person who had it that day', async () => {
  assert.equal((await contact('old number'))?.person_id, 'P2')
  assert.equal((await contact('new number'))?.person_id, 'P3')
})

test('of two people with one number it is the one this member of staff had met by then, else the newest', async () => {
  const before = await contact('household, not met')
  assert.deepEqual([before?.person_id, before?.sharers], ['P5', 2])
  assert.equal((await contact('household, met'))?.person_id, 'P4')
})

test('a number nobody has stays a number, and counts', async () => {
  const found = await contact('nobody')
  assert.deepEqual([found?.party_id, found?.person_id], [nobodys, ''])
})

test('calls to colleagues and to their own telephone are left out, from the day the number is the force’s', async () => {
  assert.equal(await contact('colleague'), undefined)
  assert.equal(await contact('own telephone'), undefined)
  assert.equal((await contact('not yet a colleague'))?.party_id, colleague)
})

test('the post is the one held that day', async () => {
  assert.equal((await contact('plain'))?.post, 'response')
  assert.equal((await contact('after posting'))?.post, 'custody')
})

test('an hour’s pause begins another conversation, and who opens it started it', async () => {
  assert.deepEqual(await opening('talk 1'), [true, '12:00', 'other'])
  assert.deepEqual(await opening('talk 2'), [false, '12:00', 'other'])
  assert.deepEqual(await opening('talk 3'), [true, '13:59', 'staff'])
})

test('a call is a conversation of its own and ends the one before', async () => {
  assert.deepEqual(await opening('call'), [true, '14:05', 'staff'])
  assert.deepEqual(await opening('after call'), [true, '14:10', 'staff'])
})

test('a captured text that the bill shows within a minute is counted once, any other twice', async () => {
  assert.ok(await contact('billed twice'))
  assert.equal(await contact('messages:twin'), undefined)
  assert.ok(await contact('messages:no twin'))
  assert.ok(await contact('messages:mail'))
})

const opening = async (id: string): Promise<unknown[]> => {
  const found = await contact(id)
  return [found?.opens, found?.conversation, found?.started_by]
}
