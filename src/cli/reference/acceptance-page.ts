import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../../core/project-root.ts'
import { readContent } from '../../core/read-content.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

const outcome = {
  about: z.string(),
  expect: z.array(z.object({ of: z.string(), band: z.string(), between: z.array(z.string()) })).default([]),
  must_not: z
    .array(z.object({ of: z.string(), band: z.string(), before: z.string().optional() }))
    .default([]),
  holds: z
    .array(
      z.object({
        of: z.string(),
        on: z.string(),
        at_least: z.number().optional(),
        below: z.number().optional(),
      }),
    )
    .default([]),
  note: z.string().optional(),
}

/** What the page tells of a case; `tests/acceptance/case-file.ts` holds the whole form. */
const caseFile = z.object({
  title: z.string(),
  source: z.string(),
  suite: z.enum(['seed', 'library', 'look-alike']),
  number: z.int().optional(),
  ...outcome,
  variants: z.array(z.object({ title: z.string(), ...outcome })).default([]),
})

type Case = z.output<typeof caseFile> & { readonly name: string }
type Outcome = Pick<Case, 'expect' | 'must_not' | 'holds'>

const suites = {
  seed: 'The twelve seed cases',
  library: 'Published cases of the library',
  'look-alike': 'Look-alikes',
} as const satisfies Record<Case['suite'], string>

/** The acceptance suite: every case with the bands it must reach, and the days. */
export const acceptancePage: ReferencePage = {
  file: 'acceptance.md',
  write: () => {
    const cases = readCases()
    return page('The acceptance suite', [
      'Published cases and innocent conduct that looks like them, each as a small force whose records are replayed night by night. `npm test` fails where a band is reached on another day than given here, or by anybody else, and prints the table of what was reached. D0 is the first meeting. Weights are never changed to fit it.',
      ...(Object.keys(suites) as Case['suite'][]).flatMap(suite => {
        const own = cases.filter(each => each.suite === suite)
        return [
          `## ${suites[suite]}`,
          table(
            ['case', 'must come of it', 'file'],
            own.flatMap(each => [
              [
                `${each.number === undefined ? '' : `${String(each.number)}. `}${each.title}`,
                said(each),
                code(`${each.name}.yaml`),
              ],
              ...each.variants.map(variant => [`– ${variant.title}`, said(variant), '']),
            ]),
          ),
          ...own.flatMap(notesOf),
        ]
      }),
    ])
  },
}

const readCases = (): Case[] => {
  const folder = join(projectRoot, 'tests', 'acceptance')
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => ({ ...readContent(join(folder, file), caseFile), name: basename(file, '.yaml') }))
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0) || a.name.localeCompare(b.name))
}

const said = ({ expect, must_not: never, holds }: Outcome): string =>
  [
    ...expect.map(({ of, band, between }) => `${of} reaches ${band} ${[...new Set(between)].join(' to ')}`),
    ...never.map(
      ({ of, band, before }) =>
        `${of} does not reach ${band}${before === undefined ? '' : ` before ${before}`}`,
    ),
    ...holds.map(({ of, on, at_least: least, below }) =>
      [
        `${of} on ${on} has`,
        least === undefined ? '' : ` at least ${String(least)}`,
        below === undefined ? '' : `${least === undefined ? '' : ' and'} fewer than ${String(below)}`,
        ' points',
      ].join(''),
    ),
  ].join('; ')

const notesOf = (each: Case): string[] =>
  [
    `### ${each.title}`,
    each.about,
    `Source: ${each.source}.`,
    ...(each.note === undefined ? [] : [each.note]),
    ...(each.variants.length === 0
      ? []
      : [
          list(
            each.variants.map(({ title, about, note }) =>
              `${title}: ${about.trim()} ${note?.trim() ?? ''}`.trim(),
            ),
          ),
        ]),
  ].map(text => text.trim())
