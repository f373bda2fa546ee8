import { selectKeptAway, withoutKeptAway } from '../../../access/exclusion-store.ts'
import type { User } from '../../../access/user.ts'
import { reviewMask } from '../../../concerns/labels.ts'
import { judgePreview } from '../../../tuning/judge-preview.ts'
import { listPastDispositions } from '../../../tuning/past-disposition-store.ts'
import { findDraft, listEditions } from '../../../tuning/tuning-store.ts'
import type { Answer } from '../../define-pages.ts'
import type { WebDeps } from '../../web-deps.ts'
import { previewView } from './preview-view.ts'
import { tuningView, type TuningAgain } from './tuning-view.ts'

/** The page on which an indicator is tuned, or what is missing; again with what has to be mended. */
export const showTuning = async (
  deps: WebDeps,
  user: User,
  id: string,
  again: TuningAgain = {},
): Promise<Answer> => {
  const indicator = deps.content.indicators.find(each => each.id === id)
  if (indicator === undefined) return 'missing'
  const { db } = deps.store
  const draft = await findDraft(db, id)
  const whole = draft?.preview
  const preview =
    whole === undefined
      ? undefined
      : { ...whole, changed: withoutKeptAway(whole.changed, await selectKeptAway(db, user.id)) }
  const judged =
    preview === undefined
      ? undefined
      : judgePreview(
          preview,
          await listPastDispositions(db, user.id),
          deps.content.matrix.budget.new_reviews_per_1000_staff_a_month,
        )
  return {
    show: 'tuning/tuning.njk',
    data: {
      ...tuningView({ user, indicator, draft, editions: await listEditions(db, id), again }),
      preview:
        preview === undefined || judged === undefined
          ? undefined
          : previewView(preview, judged, {
              mask: reviewMask(deps.maskKey, deps.clock),
              inShadow: (draft?.changes.status ?? indicator.status) === 'shadow',
            }),
    },
    status: Object.keys(again).length > 0 ? 400 : 200,
  }
}
