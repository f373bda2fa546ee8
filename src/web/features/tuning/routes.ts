import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { agree, askPublishing, dropDraft, goBack, keepDraft, sendBack } from './change-tuning.ts'
import { showShadow } from './show-shadow.ts'
import { showTuning } from './show-tuning.ts'

/** Tuning an indicator: a draft with its preview, a second person who agrees, and the way back. */
export const tuningPages = definePages([
  {
    method: 'GET',
    path: paths.tuning,
    permission: 'agree-tuning',
    audit: 'tuning-read',
    purpose: 'See how an indicator is tuned',
    handle: (deps, { user, params }) => showTuning(deps, user, params['id'] ?? ''),
  },
  {
    method: 'GET',
    path: paths.shadow,
    permission: 'agree-tuning',
    audit: 'shadow-read',
    purpose: 'See what an indicator in shadow found',
    handle: (deps, { user, params }) => showShadow(deps, user, params['id'] ?? ''),
  },
  {
    method: 'POST',
    path: paths.tuning,
    permission: 'tune-indicators',
    audit: { byUseCase: 'tuning-drafted' },
    purpose: 'Draft a change of an indicator and preview it',
    handle: keepDraft,
  },
  {
    method: 'POST',
    path: paths.discardTuning,
    permission: 'tune-indicators',
    audit: { byUseCase: 'tuning-discarded' },
    purpose: 'Throw a draft away',
    handle: dropDraft,
  },
  {
    method: 'POST',
    path: paths.askTuning,
    permission: 'tune-indicators',
    audit: { byUseCase: 'tuning-asked' },
    purpose: 'Ask for a draft to be published',
    handle: askPublishing,
  },
  {
    method: 'POST',
    path: paths.returnTuning,
    permission: 'agree-tuning',
    audit: { byUseCase: 'tuning-returned' },
    purpose: 'Send a draft back',
    handle: sendBack,
  },
  {
    method: 'POST',
    path: paths.publishTuning,
    permission: 'agree-tuning',
    audit: { byUseCase: 'tuning-published' },
    purpose: 'Agree to a draft, which publishes it',
    proof: 'fresh',
    handle: agree,
  },
  {
    method: 'POST',
    path: paths.rollBackTuning,
    permission: 'tune-indicators',
    audit: { byUseCase: 'tuning-rolled-back' },
    purpose: 'Roll an indicator back',
    handle: goBack,
  },
])
