import { dispositionKinds, dispositions, undoMinutes } from '../../../concerns/dispositions.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { helpWords } from './help-words.ts'

/** Help: what a concern is, how to work through one, and what the words mean. */
export const helpPages = definePages([
  {
    method: 'GET',
    path: paths.help,
    permission: 'signed-in',
    audit: 'not-audited',
    purpose: 'Read the help',
    handle: ({ content }) =>
      Promise.resolve({
        show: 'help/help.njk',
        data: {
          title: 'Help',
          bands: content.matrix.bands,
          decisions: dispositionKinds.map(kind => dispositions[kind]),
          words: helpWords,
          undoMinutes,
        },
      }),
  },
])
