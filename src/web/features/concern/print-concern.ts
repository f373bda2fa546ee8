import { getConcern } from '../../../concerns/get-concern.ts'
import { lastEvaluation } from '../../../evaluation/evaluation-store.ts'
import { printPaper } from '../../../ui/paper.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import type { WebDeps } from '../../web-deps.ts'
import { concernPapers } from './concern-paper.ts'
import { readConcernRecord } from './concern-record.ts'
import { frequencyView } from './frequency-view.ts'

/**
 * A concern as a PDF to keep or to hand over: the names as this reader may see them now, and none in the file's name. The
 * visit is in the log before this is called.
 */
export const printConcern = async (deps: WebDeps, { user, params }: Visit): Promise<Answer> => {
  const concern = await getConcern(deps, user, params['ref'] ?? '')
  if (concern === undefined) return 'missing'
  const record = await readConcernRecord(deps, user, concern, '90')
  const frequency = frequencyView(concern.band, {
    own: await lastEvaluation(deps.lake),
    ...deps.content.measured,
  })
  const { bytes } = await printPaper(
    ...concernPapers({
      concern,
      record,
      matrix: deps.content.matrix,
      frequency,
      by: user.name,
      at: deps.clock.now(),
    }),
  )
  return { send: bytes, type: 'application/pdf', fileName: `concern-${concern.ref}.pdf` }
}
