import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { purposeWorld } from './purpose-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await buildWorld(lake, purposeWorld)
})
after(() => lake.close())

/** What explains a contact or look-up, and by which record; `unexplained` where nothing does. */
const why = async (id: string, fact = 'contact', person = id.replace(/ D-?\d.*$/, '')): Promise<string> => {
  const [row] = await lake.rows<{ why: string }>(
    `select if(explained, concat(because, ' by ', because_record), 'unexplained') as why from upstander.purposes
     where fact = {fact:String} and person_id = {person:String} and record_id = {id:String}`,
    { fact, person, id: `${fact === 'contact' ? 'billing' : 'system_access'}:${id}` },
  )
  return row?.why ?? 'no such fact'
}

/** What explains a stay beside somebody's home that began at that moment. */
const whyThere = async (person: string, at: string, staff = 'S1'): Promise<string> => {
  const [row] = await lake.rows<{ why: string }>(
    `select if(explained, concat(because, ' by ', because_record), 'unexplained') as why from upstander.purposes
     where fact = 'stay' and person_id = {person:String} and staff_id = {staff:String} and formatDateTime(at, '%d %H') = {at:String}`,
    { person, staff, at },
  )
  return row?.why ?? 'no such fact'
}

test('having been sent explains a contact until a day after leaving', async () => {
  assert.equal(await why('sent D0 10:30'), 'attendance by attendances:I-sent:S1')
  assert.equal(await why('sent D1 10:59'), 'attendance by attendances:I-sent:S1')
  assert.equal(await why('sent D1 11:01'), 'unexplained')
})

test('having been sent explains a look-up until three days after leaving, for the write-up', async () => {
  assert.match(await why('sent D3 10:59', 'look_up'), /^attendance/)
  assert.equal(await why('sent D2 20:00', 'look_up'), 'unexplained', 'nobody writes up off duty')
  assert.equal(await why('sent D3 11:01', 'look_up'), 'unexplained')
})

test('having been sent explains a stay that day on duty, and nobody is sent back off duty', async () => {
  assert.match(await whyThere('sent', '02 15'), /^attendance/)
  assert.equal(await whyThere('sent', '02 20'), 'unexplained')
})

test('a stay that is explained for one of the people at that spot is explained for the other, and no other stay is', async () => {
  assert.equal(await whyThere('flatmate', '02 15'), 'next_door by attendances:I-sent:S1')
  assert.equal(await whyThere('flatmate', '02 20'), 'unexplained')
})

test('a person linked to the log days later explains nothing done before', async () => {
  assert.equal(await why('late link D0 12:00'), 'unexplained')
})

test('a part in the case explains contact until three days after it was handed over', async () => {
  assert.equal(await why('case D0 12:00'), 'allocation by allocations:N1:S1')
  assert.match(await why('case D8 11:00'), /^allocation/)
  assert.equal(await why('case D8 13:00'), 'unexplained')
})

test('who had a case until it closed may look on duty for seven days more, and who had handed it over may not', async () => {
  assert.equal(await why('filed D17 11:59', 'look_up'), 'allocation by allocations:N-filed:S1')
  assert.equal(await why('filed D17 12:01', 'look_up'), 'unexplained')
  assert.equal(await why('filed D15 20:00', 'look_up'), 'unexplained')
  assert.equal(await why('case D9 12:00', 'look_up'), 'unexplained')
})

test('where an investigation has no incident, one of the days before and the log of its officers tie a person to it', async () => {
  assert.equal(await why('tied D29 12:00'), 'unexplained')
  assert.equal(await why('tied D35 12:00'), 'allocation by allocations:N-tied:S1')
})

test('the log alone ties nobody to a case, nor does an incident of long before: an officer may write up anybody', async () => {
  assert.equal(await why('only written up D35 12:00'), 'unexplained')
  assert.equal(await why('long before D35 12:00'), 'unexplained')
})

test('a part in the case explains a visit on duty for the one who has it, not for the colleague in the car, and not off duty', async () => {
  assert.match(await whyThere('case', '04 14'), /^allocation/)
  assert.equal(await whyThere('case', '04 20'), 'unexplained')
})

test('an engagement plan with no end lapses after four weeks', async () => {
  assert.equal(await why('plan D27 12:00'), 'assignment by assignments:plan')
  assert.equal(await why('plan D28 12:00'), 'unexplained')
})

test('custody and a stop explain contact for a day', async () => {
  assert.equal(await why('detained D0 12:00'), 'custody by custody_visits:v')
  assert.equal(await why('detained D2 12:00'), 'unexplained')
  assert.equal(await why('stopped D0 12:00'), 'stop by stops:s')
  assert.equal(await why('stopped D2 12:00'), 'unexplained')
})

test('a contact written up within a day is explained by the entry, and one written up later is not', async () => {
  assert.equal(await why('logged D0 12:00'), 'logged_contact by contact_log:in time')
  assert.match(await why('logged D0 23:59'), /^logged_contact/)
  assert.equal(await why('logged D3 12:00'), 'unexplained')
})

test('only a visit written up explains a stay, not a call', async () => {
  assert.equal(await whyThere('logged', '08 14'), 'logged_contact by contact_log:visit')
  assert.equal(await whyThere('logged', '10 14'), 'unexplained')
})

test('quoting a live case that really is this person’s explains a look-up on duty', async () => {
  assert.match(await why('quoted D5 12:00', 'look_up'), /^quoted_reference by involvements:/)
  assert.equal(await why('quoted D6 12:00', 'look_up'), 'unexplained')
  assert.equal(await why('quoted D7 12:00', 'look_up'), 'unexplained')
  assert.equal(await why('quoted D8 20:00', 'look_up'), 'unexplained')
  assert.equal(await why('quoted D17 10:01', 'look_up'), 'unexplained')
})

test('quoting a case they handed over explains nothing, until they have it again', async () => {
  assert.equal(await why('handed over D9 12:00', 'look_up'), 'unexplained')
  assert.match(await why('handed over D20 12:00', 'look_up'), /^allocation/)
})

test('of somebody they have met, quoting a case in which they have no part explains nothing', async () => {
  assert.equal(await why('met elsewhere D5 12:00', 'look_up'), 'unexplained')
})

test('somebody who never met them may quote the same case', async () => {
  assert.match(await why('met elsewhere D6 12:00', 'look_up'), /^quoted_reference/)
})

test('having been sent explains quoting the investigation that came from it for four weeks', async () => {
  assert.match(await why('own case D27 12:00', 'look_up'), /^quoted_reference/)
  assert.equal(await why('own case D29 12:00', 'look_up'), 'unexplained')
})

test('quoting the case of somebody never met explains for four weeks after it closed', async () => {
  assert.match(await why('closed lately D37 12:00', 'look_up'), /^recent_reference by involvements:/)
  assert.equal(await why('closed lately D39 12:00', 'look_up'), 'unexplained')
})

test('quoting a closed case explains nothing when they get in touch within the same shift', async () => {
  assert.equal(await why('rung after D20 12:00', 'look_up'), 'unexplained')
})

test('the control room may quote a log of the day for somebody it has had a log of before, and not an old one', async () => {
  assert.match(await why('log caller D15 12:00', 'look_up'), /^quoted_reference/)
  assert.equal(await why('log caller D9 12:00', 'look_up'), 'unexplained')
  assert.equal(await why('log caller D20 12:00', 'look_up'), 'unexplained')
})

test('a desk may quote a case that closed within the year, and must quote one', async () => {
  assert.match(await why('desk D60 12:00', 'look_up'), /^desk by involvements:/)
  assert.equal(await why('desk D61 12:00', 'look_up'), 'unexplained')
  assert.equal(await why('desk D62 12:00', 'look_up'), 'unexplained')
})

test('a desk looks up who rang within the hour before', async () => {
  assert.match(await why('caller D1 12:00', 'look_up'), /^inbound_contact by billing:/)
  assert.equal(await why('caller D1 12:35', 'look_up'), 'unexplained')
})

test('an access explained for one person of an address is explained for all who live there', async () => {
  assert.match(await why('flat D0 12:00', 'look_up', 'sent'), /^attendance/)
  assert.match(await why('flat D0 12:00', 'look_up', 'flatmate'), /^same_access/)
})

test('the team’s live work explains a look-up on duty', async () => {
  assert.equal(await why('team D0 12:00', 'look_up'), 'team_case by attendances:I-team:S2')
  assert.equal(await why('team D0 20:00', 'look_up'), 'unexplained')
  assert.equal(await why('team D3 12:00', 'look_up'), 'unexplained')
})

test('the household of somebody they were sent to explains a look-up while that is being written up', async () => {
  assert.equal(await why('household D0 12:00', 'look_up'), 'household_case by attendances:I-relative:S1')
  assert.equal(await why('household D4 12:00', 'look_up'), 'unexplained')
})

test('being sent to a log close by explains a stay while that lasts', async () => {
  assert.equal(await whyThere('nearby', '07 10'), 'attendance by attendances:I-nearby:S1')
  assert.equal(await whyThere('nearby', '08 10'), 'unexplained')
})

test('a patrol plan explains a stay of the team inside its circle and dates', async () => {
  assert.equal(await whyThere('street', '04 11'), 'patrol_plan by patrol_plans:street')
  assert.equal(await whyThere('street', '09 14'), 'unexplained')
})

test('a police site next door explains a stay', async () => {
  assert.equal(await whyThere('hub', '04 12'), 'site by sites:hub')
})

test('every contact with a person, stay and look-up has one answer and no more', async () => {
  const [row] = await lake.rows<{ facts: number; answers: number; distinct_answers: number }>(
    `select (select count() from upstander.contacts where person_id != '' and staff_id != '') + (select count() from upstander.address_stays) + (select count() from upstander.lookups) as facts,
       (select count() from upstander.purposes) as answers, (select uniqExact(fact, record_id, staff_id, person_id) from upstander.purposes) as distinct_answers`,
  )
  assert.equal(row?.answers, row?.facts)
  assert.equal(row?.distinct_answers, row?.facts)
})
