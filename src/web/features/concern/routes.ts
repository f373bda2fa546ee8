import { getConcern } from '../../../concerns/get-concern.ts'
import { plainDays } from '../../../ui/words.ts'
import { definePages } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import { readConcernRecord } from './concern-record.ts'
import { headingOf } from './concern-view.ts'
import { decide, takeBack } from './decide.ts'
import { readRecordsShown, recordsPageView } from './records-view.ts'
import { printConcern } from './print-concern.ts'
import { takeOff } from './recusal.ts'
import { showConcern } from './show-concern.ts'
import { readWindowChoice } from './timeline-window.ts'
import { agreeToUnmask, askToUnmask } from './unmask.ts'
import { openWords } from './words.ts'

/** A concern: read it, its records, decide, take back, and see who it is about. */
export const concernPages = definePages([
  {
    method: 'GET',
    path: paths.concern,
    permission: 'read-concern',
    audit: 'concern-read',
    purpose: 'Review a concern',
    handle: (deps, visit) => showConcern(deps, visit),
  },
  {
    method: 'GET',
    path: paths.concernRecords,
    permission: 'read-concern',
    audit: 'concern-records-read',
    purpose: 'Review the records behind a concern',
    handle: async (deps, { user, params, query }) => {
      const concern = await getConcern(deps, user, params['ref'] ?? '')
      if (concern === undefined) return 'missing'
      const choice = readWindowChoice(query)
      const { window, cut } = await readConcernRecord(deps, user, concern, choice)
      const { ref } = concern
      const base = `${fillPath(paths.concernRecords, { ref })}?days=${choice}`
      const rows = recordsPageView(window.facts, readRecordsShown(query), base)
      const shown = {
        ref,
        cut,
        account: plainDays(concern.account),
        heading: headingOf(concern),
        window: window.words,
        masked: concern.masked,
      }
      return {
        show: 'concern/records.njk',
        data: { title: `Records of concern ${ref}`, ...shown, ...rows },
      }
    },
  },
  {
    method: 'GET',
    path: paths.concernPdf,
    permission: 'read-concern',
    audit: 'concern-exported',
    purpose: 'Keep a concern as a PDF, or hand it over',
    handle: printConcern,
  },
  {
    method: 'POST',
    path: paths.words,
    permission: 'open-words',
    audit: 'words-opened',
    purpose: 'Read the words behind a concern',
    handle: openWords,
  },
  {
    method: 'POST',
    path: paths.decide,
    permission: 'decide-concern',
    audit: { byUseCase: 'concern-decided' },
    purpose: 'Decide a concern',
    handle: decide,
  },
  {
    method: 'POST',
    path: paths.undoDecision,
    permission: 'decide-concern',
    audit: { byUseCase: 'concern-decision-undone' },
    purpose: 'Take back a decision',
    handle: takeBack,
  },
  {
    method: 'POST',
    path: paths.unmask,
    permission: 'ask-unmask',
    audit: { byUseCase: 'unmask-asked' },
    purpose: 'Know who a concern is about',
    proof: 'fresh',
    handle: askToUnmask,
  },
  {
    method: 'POST',
    path: paths.grantUnmask,
    permission: 'grant-unmask',
    audit: { byUseCase: 'unmask-granted' },
    purpose: 'Let another know who a concern is about',
    proof: 'fresh',
    handle: agreeToUnmask,
  },
  {
    method: 'POST',
    path: paths.recuse,
    permission: 'read-concern',
    audit: { byUseCase: 'concern-recused' },
    purpose: 'Be taken off a concern for knowing somebody in it',
    handle: takeOff,
  },
])
