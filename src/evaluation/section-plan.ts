import { measureAll, type Draws, type Measure } from './bootstrap.ts'
import type { Section } from './figure.ts'

/** A section before it is measured: a measure stands where its figure will. */
export type SectionPlan = Omit<Section, 'rows'> & {
  readonly rows: readonly {
    readonly key: string
    readonly label: string
    readonly cells: readonly Measure[]
    /** A word on the row, once its figures are known. */
    readonly remark?: (cells: Section['rows'][number]['cells']) => string | undefined
  }[]
}

/** Measures every section in one go, so that all rest on the same draws. */
export const measureSections = (plans: readonly SectionPlan[], size: number, draws: Draws): Section[] => {
  const measures = plans.flatMap(plan => plan.rows.flatMap(row => row.cells))
  const figures = measureAll(measures, size, draws)
  let at = 0
  return plans.map(plan => ({
    ...plan,
    rows: plan.rows.map(({ key, label, cells, remark }) => {
      const own = figures.slice(at, (at += cells.length))
      const said = remark?.(own)
      return { key, label, cells: own, ...(said === undefined ? {} : { remark: said }) }
    }),
  }))
}
