/** A text as an SQL literal: for definitions of views, where values cannot be bound. */
export const sqlText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '')}'`

/** Texts as an SQL list without brackets. */
export const sqlList = (texts: readonly string[]): string => texts.map(sqlText).join(', ')
