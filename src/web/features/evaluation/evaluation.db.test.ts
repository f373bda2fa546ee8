import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit } from '../../../../tests/support/visitor.ts'
import { keepEvaluation } from '../../../evaluation/evaluation-store.ts'
import type { Evaluation } from '../../../evaluation/figure.ts'
import { shippedEvaluations } from '../../../evaluation/shipped-evaluations.ts'
import { makeTemplates } from '../../../ui/templates.ts'
import { buildApp } from '../../app.ts'
import { paths } from '../../paths.ts'
import { evaluationView } from './evaluation-view.ts'

let staff: StaffApp
let app: FastifyInstance

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
})
after(async () => {
  await app.close()
  await staff.close()
})

const share = (value: number, low: number, high: number, count: number, of: number) => ({
  value,
  low,
  high,
  count,
  of,
})

const measured: Evaluation = {
  about: {
    name: 'A force made for this test',
    made_on: '2026-06-01',
    from: '2026-01-01',
    to: '2026-04-30',
    staff: 400,
    offenders: 6,
    dark: 2,
    legitimate_roles: 60,
    review_at: 17,
    budget: 5,
    draws: 1_000,
    seed: 1,
    content: 'another',
  },
  sections: [
    {
      key: 'precision',
      title: 'Right in each band',
      about: 'By the highest band.',
      columns: [
        { key: 'pairs', label: 'Pairs right', unit: 'share' },
        { key: 'staff', label: 'Staff right', unit: 'share' },
      ],
      rows: [
        {
          key: 'develop_or_above',
          label: 'develop or above',
          cells: [share(0.4, 0.2, 0.6, 4, 10), share(0.25, 0.05, 0.45, 2, 8)],
          remark: 'few',
        },
      ],
    },
  ],
}

const textOf = async (role: 'prevent' | 'auditor'): Promise<string> => {
  const visitor = await visit(app).signIn(staff.people[role])
  const { $ } = await visitor.get('/evaluation')
  return $('main').text().replaceAll(/\s+/g, ' ')
}

test('before anything was measured here the page shows what came with the product', async () => {
  const [first] = shippedEvaluations()
  assert.ok(first)
  assert.ok((await textOf('prevent')).includes(first.about.name))
})

test('where nothing came with it either, the page says so, and what to do', () => {
  const draw = makeTemplates({ paths, assets: {} })
  const text = draw('evaluation/evaluation.njk', {
    ...evaluationView([], '0'),
    user: undefined,
    navigation: [],
  })
  assert.match(text, /has not been measured here yet/)
  assert.match(text, /upstander evaluate --truth FOLDER/)
})

test('afterwards every figure stands with its interval, and an aim that is surely missed is called so', async () => {
  await keepEvaluation(staff.deps.lake, measured)
  const text = await textOf('auditor')
  assert.match(text, /400 members of staff from 1 January 2026 to 30 April 2026/)
  assert.match(text, /Right, of staff at develop or above 25 % 2 of 8 \(5 to 45\) at least 50 % Missed/)
  assert.match(text, /40 %, 4 of 10 \(20 to 60\)/)
  assert.match(text, /What detection looks for has changed since/)
})
