import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { contentDir, readContent } from '../core/read-content.ts'

const shape = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        signs: z
          .array(
            z.strictObject({
              /** In our own words. */
              sign: z.string().min(10),
              /** Folders of the indicators that watch for it; none where no record can show it. */
              indicators: z.array(z.string()).default([]),
              /** What no record can show of it. */
              unseen: z.string().min(10),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
})

/** One warning sign, and what of it the records can show. */
export type WarningSign = {
  readonly sign: string
  /** The indicators that watch for it. */
  readonly indicators: readonly Indicator[]
  /** Feeds without which nobody watches for it: those of its indicators, each once, sorted. */
  readonly feeds: readonly string[]
  /** What no record can show of it. */
  readonly unseen: string
}

export type WarningSignGroup = { readonly title: string; readonly signs: readonly WarningSign[] }

/**
 * Reads `content/warning-signs.yaml`: every sign that policing has written down, with the indicators that watch for it.
 * @throws AppError CONTENT_INVALID naming every sign whose indicator is not there.
 */
export const readWarningSigns = (
  indicators: readonly Indicator[] = readIndicators(),
): readonly WarningSignGroup[] => {
  const { groups } = readContent(join(contentDir, 'warning-signs.yaml'), shape)
  const byId = new Map(indicators.map(each => [each.id, each]))
  const strays = groups.flatMap(group =>
    group.signs.flatMap(({ sign, indicators: ids }) =>
      ids.filter(id => !byId.has(id)).map(id => `  ${sign}: there is no indicator ${id}`),
    ),
  )
  if (strays.length > 0)
    throw new AppError('CONTENT_INVALID', `content/warning-signs.yaml is wrong:\n${strays.join('\n')}`)
  return groups.map(group => ({
    title: group.title,
    signs: group.signs.map(({ sign, indicators: ids, unseen }) => {
      const own = ids.flatMap(id => byId.get(id) ?? [])
      return {
        sign,
        indicators: own,
        feeds: [...new Set(own.flatMap(each => each.feeds))].toSorted(),
        unseen,
      }
    }),
  }))
}
