import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AppError } from '../core/errors.ts'
import { openTestLake } from '../detection/built-world.ts'
import type { Lake } from '../lake/lake.ts'
import { readTruth } from './read-truth.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
})
after(() => lake.close())

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-truth-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}

const refused = async (files: Readonly<Record<string, string>>, says: RegExp): Promise<void> => {
  await assert.rejects(readTruth(lake, folderOf(files)), (thrown: unknown) => {
    assert.ok(thrown instanceof AppError)
    assert.equal(thrown.code, 'TRUTH_INVALID')
    assert.match(thrown.message, says)
    return true
  })
}

test('the truth of the demonstration force is read, from its folder or the one above', async () => {
  const text =
    'staff_id,person_id,style,channel,first_improper_on,first_trace_on,came_to_light_on,dark,traces\n' +
    'C1,N1,exploratory,work_first,2025-04-12,2025-05-05,2025-06-01,false,work_phone visits\n' +
    'C2,N2,predatory,personal_only,2025-04-12,,2025-06-01,true,\n'
  const dir = folderOf({ 'truth/truth.csv': text, 'truth/roles.csv': 'staff_id,look_alike\nC3,soit\n' })
  const truth = await readTruth(lake, dir)
  assert.deepEqual(await readTruth(lake, join(dir, 'truth')), truth)
  assert.deepEqual(truth.roles, [{ staff_id: 'C3', role: 'soit' }])
  const [first, second] = truth.offences
  assert.deepEqual(first?.traces, ['work_phone', 'visits'])
  assert.deepEqual([second?.dark, second?.first_trace_on, second?.traces], [true, undefined, []])
})

test('other authors may write other names for the columns, JSON, moments for days, and leave nearly everything out', async () => {
  const csv = 'Officer,Victim,Discovered on,Dark\n"C1","N,1",2025-06-01T10:00:00Z,Yes\n'
  const { offences } = await readTruth(lake, folderOf({ 'offenders.csv': csv }))
  assert.deepEqual(offences, [
    { staff_id: 'C1', person_id: 'N,1', came_to_light_on: '2025-06-01', dark: true },
  ])
  const json = JSON.stringify([{ staff_id: 7, dark: false, traces: ['Visits', 'look-ups'] }])
  const read = await readTruth(lake, folderOf({ 'offences.json': json }))
  assert.deepEqual(read.offences, [{ staff_id: '7', dark: false, traces: ['visits', 'look_ups'] }])
})

test('every fault is told by file, row and column', async () => {
  await refused(
    { 'truth.csv': 'staff_id,first_improper_on,dark\nC1,12/06/2025,perhaps\n,2025-06-31,\n' },
    /truth\.csv row 1: first_improper_on write days as 2025-06-30[^]*row 1: dark write true or false[^]*row 2: staff_id/,
  )
})

test('a folder without the file, an empty file, broken JSON and somebody who is both are refused with a sentence', async () => {
  await refused({ 'roles.csv': 'staff_id,role\nC1,soit\n' }, /has no file truth\.csv/)
  await refused({ 'truth.csv': ' \n' }, /is empty/)
  await refused({ 'truth.json': '{"staff_id": 1}' }, /cannot be read as a JSON list of objects/)
  await refused(
    { 'truth.csv': 'staff_id\nC1\n', 'roles.csv': 'staff_id,role\nC1,soit\n' },
    /called offenders and innocent: C1/,
  )
})
