import { shardsFor } from '../src/detection/detect.ts'
import { readIndicators, type Indicator } from '../src/detection/indicators.ts'
import { previewTuning } from '../src/detection/preview-tuning.ts'
import { withChanges } from '../src/detection/tunings.ts'
import type { Lake } from '../src/lake/lake.ts'

/** Milliseconds that the preview of a draft takes, by indicator: each at half its weight, so that everything it found changes. */
export const previewAll = async (lake: Lake): Promise<Record<string, number>> => {
  const shards = await shardsFor(lake)
  const taken: Record<string, number> = {}
  for (const indicator of readIndicators().filter(each => each.status === 'live')) {
    const preview = await previewTuning(lake, halved(indicator), { shards, exceptions: [] })
    if (preview !== undefined) taken[indicator.id] = Math.round(preview.seconds * 1000)
  }
  return taken
}

const halved = (indicator: Indicator): Indicator =>
  withChanges(indicator, { parameters: {}, weight: 0.5, status: undefined })
