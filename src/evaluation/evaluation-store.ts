import type { Lake } from '../lake/lake.ts'
import type { Evaluation } from './figure.ts'

const create = (lake: Lake): Promise<void> =>
  lake.run(
    `create table if not exists upstander.evaluations (id UInt32, figures String) engine = MergeTree order by id`,
  )

/** Keeps an evaluation for the page. It holds figures alone: who offends is not in it. */
export const keepEvaluation = async (lake: Lake, evaluation: Evaluation): Promise<void> => {
  await create(lake)
  const [row] = await lake.rows<{ id: number }>('select max(id) + 1 as id from upstander.evaluations')
  await lake.insert('upstander.evaluations', [{ id: row?.id ?? 1, figures: JSON.stringify(evaluation) }])
}
