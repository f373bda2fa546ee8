import { shardsFor } from '../src/detection/detect.ts'
import { readIndicators, type Indicator } from '../src/detection/indicators.ts'
import { previewTuning } from '../src/detection/preview-tuning.ts'
import { noChanges, withChanges, type TuningChanges } from '../src/detection/tunings.ts'
import type { Lake } from '../src/lake/lake.ts'

/** What the preview of one draft took. */
export type PreviewFigure = {
  readonly indicator: string
  /** What the draft changes: the weight alone, or one parameter, by its name. */
  readonly changed: string
  readonly seconds: number
  /** Processor seconds of every thread. */
  readonly cpuSeconds: number
  /** Seconds by what they went into: `query` asks the drafted indicator, the rest is named for the table filled; `read` asks what is shown. */
  readonly parts: Readonly<Record<string, number>>
  readonly findingsBefore: number
  readonly findingsAfter: number
  /** Pairs and members of staff alone that changed band. */
  readonly changedPairs: number
}

/**
 * Previews two drafts of every live indicator, or of those named: half its weight, so that everything it found changes, and its first
 * number a tenth higher, or one where it is a whole number below ten.
 */
export const previewAll = async (lake: Lake, only: readonly string[] = []): Promise<PreviewFigure[]> => {
  const shards = await shardsFor(lake)
  const figures: PreviewFigure[] = []
  const live = readIndicators().filter(each => each.status === 'live')
  for (const indicator of live.filter(each => only.length === 0 || only.includes(each.id)))
    for (const changes of [{ ...noChanges, weight: 0.5 }, ...nudged(indicator)])
      figures.push(...(await previewOne(lake, indicator, changes, shards)))
  return figures
}

const nudged = (indicator: Indicator): TuningChanges[] => {
  for (const [name, { type, value }] of Object.entries(indicator.parameters)) {
    if (typeof value !== 'number') continue
    const higher = type === 'Float64' ? value * 1.1 : Math.max(value + 1, Math.round(value * 1.1))
    return [{ ...noChanges, parameters: { [name]: higher } }]
  }
  return []
}

const previewOne = async (
  lake: Lake,
  indicator: Indicator,
  changes: TuningChanges,
  shards: number,
): Promise<PreviewFigure[]> => {
  const parts: Record<string, number> = {}
  const timed = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    const result = await work()
    parts[part] = (parts[part] ?? 0) + (performance.now() - startedAt) / 1000
    return result
  }
  const watched: Lake = {
    ...lake,
    run: (sql, params) => timed(partOf(sql, indicator), () => lake.run(sql, params)),
    rows: (sql, params) => timed('read', () => lake.rows(sql, params)),
  }
  const before = process.cpuUsage()
  const preview = await previewTuning(watched, withChanges(indicator, changes), { shards, exceptions: [] })
  const { user, system } = process.cpuUsage(before)
  if (preview === undefined) return []
  return [
    {
      indicator: indicator.id,
      changed: Object.keys(changes.parameters)[0] ?? 'weight',
      seconds: preview.seconds,
      cpuSeconds: (user + system) / 1e6,
      parts,
      findingsBefore: preview.findingsBefore,
      findingsAfter: preview.findingsAfter,
      changedPairs: preview.changed.length,
    },
  ]
}

const partOf = (sql: string, { query }: Indicator): string => {
  if (sql.includes(query)) return 'query'
  return /^\s*insert into upstander\.(\w+)/.exec(sql)?.[1] ?? 'tables'
}
