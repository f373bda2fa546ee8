import { lastEvaluation } from '../../../evaluation/evaluation-store.ts'
import { shippedEvaluations } from '../../../evaluation/shipped-evaluations.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { evaluationView } from './evaluation-view.ts'

/** How well detection was measured to work, from the newest evaluation. It names nobody. */
export const evaluationPages = definePages([
  {
    method: 'GET',
    path: paths.evaluation,
    permission: 'read-catalogue',
    audit: 'evaluation-read',
    purpose: 'Read how well detection was measured to work',
    handle: async ({ lake }, { query }) => {
      const own = await lastEvaluation(lake)
      const evaluations = [...(own === undefined ? [] : [own]), ...shippedEvaluations()]
      return { show: 'evaluation/evaluation.njk', data: evaluationView(evaluations, query['force']) }
    },
  },
])
