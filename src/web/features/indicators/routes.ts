import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { catalogueView, indicatorView } from './indicators-view.ts'

/** The catalogue of indicators, and one page for each, drawn from the same content that detection runs. */
export const indicatorPages = definePages([
  {
    method: 'GET',
    path: paths.indicators,
    permission: 'read-catalogue',
    audit: 'catalogue-read',
    purpose: 'Read the catalogue of indicators',
    handle: ({ content }) => {
      const families = catalogueView(content.indicators, content.matrix.families)
      return Promise.resolve({
        show: 'indicators/indicators.njk',
        data: { title: 'Indicators', families, count: families.flatMap(({ rows }) => rows).length },
      })
    },
  },
  {
    method: 'GET',
    path: paths.indicator,
    permission: 'read-catalogue',
    audit: 'catalogue-read',
    purpose: 'Read one indicator',
    handle: ({ content }, { params }) => {
      const indicator = content.indicators.find(({ id }) => id === params['id'])
      if (indicator === undefined) return Promise.resolve('missing' as const)
      const view = indicatorView(indicator, content.matrix.families)
      return Promise.resolve({ show: 'indicators/indicator.njk', data: { ...view } })
    },
  },
])
