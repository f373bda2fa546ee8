import type { z } from 'zod'
import { columnNames, legitimateRoleShape, offenceShape, truthFiles } from '../../evaluation/truth.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

/** What `upstander evaluate --truth DIR` reads. */
export const truthPage: ReferencePage = {
  file: 'truth.md',
  write: () =>
    page('Truth files', [
      'What `npx upstander evaluate --truth DIR` reads: who offends and who only looks as if they did. It is known of made-up forces and of closed cases. It lies outside the records: no feed is named for it, intake does not read it, and nothing of it reaches the lake but figures.',
      'CSV with a header, or a JSON list of objects, in UTF-8. Columns may stand in any order, others are left alone, and an empty cell means not known. A day is `2025-06-30`; a moment is cut to its day.',
      `## Offences\n\n${namesOf('offences')}, a row for each member of staff who offends and person they offend against.`,
      columnsOf(offenceShape),
      `## Legitimate roles\n\n${namesOf('roles')}, a row for each innocent member of staff whose lawful work or circumstances bring much contact. The file may be left out.`,
      columnsOf(legitimateRoleShape),
    ]),
}

const namesOf = (file: keyof typeof truthFiles): string =>
  truthFiles[file].map(name => code(`${name}.csv`)).join(' or ') + ' (or `.json`)'

const columnsOf = (shape: z.ZodObject<Readonly<Record<string, z.ZodType>>>): string =>
  table(
    ['column', 'also read as', 'required', 'meaning'],
    Object.entries(shape.shape).map(([name, field]) => [
      code(name),
      (columnNames[name] ?? []).map(code).join(', '),
      field.safeParse(undefined).success ? '' : 'yes',
      field.description ?? '',
    ]),
  )
