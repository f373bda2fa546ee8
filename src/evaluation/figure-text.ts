import type { Evaluation, Figure, Section, Unit } from './figure.ts'

/** A figure for a person: its value, how many of how many, and its interval. A dash where there is nothing to measure. */
export const figureText = (figure: Figure, unit: Unit): string => {
  const { value, low, high, count, of } = figure
  if (value === null) return of === 0 ? '–, none' : '–'
  const counted = count !== undefined && of !== undefined ? `, ${String(count)} of ${String(of)}` : ''
  return `${valueText(value, unit)}${counted}${low === null || high === null || (low === value && high === value) ? '' : ` (${between(low, high, unit)})`}`
}

/** A value alone, in its unit. */
export const valueText = (value: number, unit: Unit): string =>
  unit === 'share' ? `${plain(value * 100, 0)} %` : bare(value, unit)

const between = (low: number, high: number, unit: Unit): string =>
  `${bare(unit === 'share' ? low * 100 : low, unit)} to ${bare(unit === 'share' ? high * 100 : high, unit)}`

const bare = (value: number, unit: Unit): string =>
  unit === 'per_100' ? plain(value * 100, 1) : plain(value, decimals[unit])

const decimals: Readonly<Record<Unit, number>> = {
  share: 0,
  per_100: 1,
  days: 0,
  number: 1,
  ratio: 2,
  points: 1,
}

const plain = (value: number, places: number): string => value.toFixed(places)

/** What an evaluation is of, in a sentence. */
export const aboutText = ({ about }: Evaluation): string =>
  `${about.name}: ${String(about.staff)} staff, ${about.from} to ${about.to}; ${String(about.offenders)} offend, ${String(about.dark)} of them dark; ${String(about.legitimate_roles)} innocent staff in legitimate roles of much contact.`

/** What the brackets in every table mean. */
export const intervalText = ({ about }: Evaluation): string =>
  `In brackets: 95 % intervals from ${about.draws.toLocaleString('en-GB')} forces drawn from the staff of this one, seed ${String(about.seed)}. Content ${about.content}.`

/** Which rules were measured: the content's own, or those that the unit runs with. */
export const rulesText = ({ about: { changed } }: Evaluation): string => {
  if (changed === undefined) return 'Detection ran as the content has it, with no change of a unit.'
  const { indicators, exceptions, unread } = changed
  const parts = [
    ...(indicators.length === 0 ? [] : [`indicators changed here: ${indicators.join(', ')}`]),
    ...(exceptions === 0 ? [] : [`exceptions: ${String(exceptions)}`]),
    ...(unread.length === 0 ? [] : [`feeds not read: ${unread.join(', ')}`]),
  ]
  return `Detection ran as this unit has it live, not as the content alone has it: ${parts.join('; ')}.`
}

/** The whole evaluation as tables for a terminal. */
export const evaluationText = (evaluation: Evaluation): string =>
  [
    aboutText(evaluation),
    rulesText(evaluation),
    intervalText(evaluation),
    ...evaluation.sections.map(sectionText),
  ].join('\n\n') + '\n'

const sectionText = ({ title, about, columns, rows }: Section): string => {
  const lines = rows.map(row => [
    row.label,
    ...row.cells.map((cell, at) => figureText(cell, columns[at]?.unit ?? 'number')),
    row.remark ?? '',
  ])
  const header = ['', ...columns.map(column => column.label), '']
  const widths = header.map((title, at) =>
    Math.max(title.length, ...lines.map(line => line[at]?.length ?? 0)),
  )
  const draw = (line: readonly string[]) =>
    `  ${line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()}`
  return [title, `  ${about}`, draw(header), ...lines.map(draw)].join('\n')
}
