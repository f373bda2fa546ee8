/** A page of the reference: its file name in `docs/reference/`, and how its text is made from the product itself. */
export type ReferencePage = { readonly file: string; readonly write: () => string }

/** Text that may stand in a cell: one line, no bar that would end it. */
const cell = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')

/** A Markdown table. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map(each => `| ${each.map(cell).join(' | ')} |`).join('\n')

/** A Markdown list. */
export const list = (entries: readonly string[]): string =>
  entries.map(entry => `- ${entry.replaceAll(/\s*\n\s*/g, ' ')}`).join('\n')

/** A page: title, the note that nobody edits it, and its parts, parted by empty lines. */
export const page = (title: string, parts: readonly string[]): string =>
  `${[
    `# ${title}`,
    'Written by `npx upstander docs` from the product itself; change the source, not this page.',
    ...parts,
  ].join('\n\n')}\n`

/** A value as code. */
export const code = (text: string): string => `\`${text}\``
