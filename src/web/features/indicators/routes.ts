import { can } from '../../../access/user.ts'
import { withTunings } from '../../../detection/tunings.ts'
import { readRules } from '../../../tuning/read-rules.ts'
import { isBrokenFor, readTrackRecords } from '../../../tuning/track-record.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { catalogueView, indicatorView } from './indicators-view.ts'
import { trackRecordView } from './track-record-view.ts'

/** The catalogue of indicators, and one page for each, drawn from the same content that detection runs. */
export const indicatorPages = definePages([
  {
    method: 'GET',
    path: paths.indicators,
    permission: 'read-catalogue',
    audit: 'catalogue-read',
    purpose: 'Read the catalogue of indicators',
    handle: async ({ content, store }, { user }) => {
      const { tunings } = await readRules(store.db)
      const records = await readTrackRecords(store.db, content.indicators, content.matrix)
      const families = catalogueView(
        withTunings(content.indicators, tunings),
        content.matrix.families,
        new Map(
          [...records].map(([id, each]) => [id, { broken: isBrokenFor(each, can(user, 'read-queue')) }]),
        ),
      )
      return {
        show: 'indicators/indicators.njk',
        data: { title: 'Indicators', families, count: families.flatMap(({ rows }) => rows).length },
      }
    },
  },
  {
    method: 'GET',
    path: paths.indicator,
    permission: 'read-catalogue',
    audit: 'catalogue-read',
    purpose: 'Read one indicator',
    handle: async ({ content, store }, { params, user }) => {
      const { tunings } = await readRules(store.db)
      const indicator = withTunings(content.indicators, tunings).find(({ id }) => id === params['id'])
      if (indicator === undefined) return 'missing'
      const view = indicatorView(indicator, content.matrix.families, can(user, 'agree-tuning'))
      const record = (await readTrackRecords(store.db, [indicator], content.matrix)).get(indicator.id)
      const track = record === undefined ? undefined : trackRecordView(record, can(user, 'read-queue'))
      return { show: 'indicators/indicator.njk', data: { ...view, track } }
    },
  },
])
