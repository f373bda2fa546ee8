import { readIndicators } from '../src/detection/indicators.ts'
import { families, readMatrix } from '../src/detection/matrix.ts'
import type { ForceFigures } from './force.ts'

/** What the indicators of each family took on each force, and which of them took longest on the largest. */
export const familyTable = (forces: readonly ForceFigures[]): string => {
  const matrix = readMatrix()
  const indicators = readIndicators()
  const took = (force: ForceFigures, ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (force.detect.indicators[id] ?? 0), 0)
  const last = forces.at(-1)
  const rows = families.map(family => {
    const ids = indicators.filter(each => each.family === family).map(each => each.id)
    const longest = ids.toSorted((a, b) => (last ? took(last, [b]) - took(last, [a]) : 0))[0]
    return [
      `${family} ${matrix.families[family].name}`,
      String(ids.length),
      ...forces.map(force => `${took(force, ids).toFixed(2)} s`),
      last && longest !== undefined ? `\`${longest}\`, ${took(last, [longest]).toFixed(2)} s` : '',
    ]
  })
  const head = ['', 'indicators', ...forces.map(force => `${force.staff} staff`), 'longest on the largest']
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n')
}
