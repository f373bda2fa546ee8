import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standingLineView, type Stands } from './standing-line.ts'

const stands: Stands = {
  waiting: { all: 2, late: 0 },
  budget: { rate: 5.09, limit: 5, over: true, overByOne: true, entered: 2 },
  lastRun: undefined,
  silent: [],
  now: new Date('2026-06-08T09:00:00Z'),
}

const budgetOf = (budget: Partial<Stands['budget']>) =>
  standingLineView({ ...stands, budget: { ...stands.budget, ...budget } }).budget

test('a budget that one review more or less decides says so, keeps its figure and alarms nobody', () => {
  const { figure, verdict, alarm } = budgetOf({})
  assert.deepEqual(
    [figure, verdict, alarm],
    ['5.1', 'within one review of it, which may be chance: one review alone is 2.5 here', false],
  )
})

test('a budget that is over by more than one review alarms', () => {
  const { verdict, alarm } = budgetOf({ rate: 7.6, entered: 3, overByOne: false })
  assert.deepEqual([verdict, alarm], ['over budget', true])
})

test('a budget that is kept has nothing said of it', () => {
  const { verdict, alarm } = budgetOf({ rate: 2.5, entered: 1, over: false, overByOne: false })
  assert.deepEqual([verdict, alarm], ['', false])
})

test('whoever may not know how many reviews there were is not told that one of them decides', () => {
  const unknown = (overByOne: boolean) =>
    standingLineView({ ...stands, waiting: undefined, budget: { ...stands.budget, overByOne } }).budget
  assert.equal(unknown(true).verdict, 'over budget')
  assert.deepEqual(unknown(true), unknown(false))
})
