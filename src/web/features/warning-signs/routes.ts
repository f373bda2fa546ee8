import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { warningSignsView } from './warning-signs-view.ts'

/** Every warning sign that policing has written down, with what watches for it. */
export const warningSignPages = definePages([
  {
    method: 'GET',
    path: paths.warningSigns,
    permission: 'read-catalogue',
    audit: 'catalogue-read',
    purpose: 'See what watches for each warning sign',
    handle: ({ content }) =>
      Promise.resolve({
        show: 'warning-signs/warning-signs.njk',
        data: warningSignsView(content.warningSigns),
      }),
  },
])
