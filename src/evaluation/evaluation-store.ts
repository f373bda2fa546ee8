import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import { evaluationShape, type Evaluation } from './figure.ts'

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

/** The newest evaluation; undefined where there was none, or only of a form that is no longer read. */
export const lastEvaluation = async (lake: Lake): Promise<Evaluation | undefined> => {
  if (!(await builtTables(lake)).has('evaluations')) return undefined
  const [row] = await lake.kept<{ figures: string }>(
    'select figures from upstander.evaluations order by id desc limit 1',
  )
  return row === undefined ? undefined : evaluationShape.safeParse(JSON.parse(row.figures)).data
}
