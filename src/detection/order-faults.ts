/**
 * Where a query would keep whichever few of many records come first, which differs with the number of processors and the way the work
 * is divided: a finding must quote the same records every time, or nobody can check it.
 *
 * @param name the query's file, named in each fault
 * @param sql without comments and quoted text
 */
export const orderFaults = ({ name, sql }: { readonly name: string; readonly sql: string }): string[] => [
  ...[...sql.matchAll(/\b(group(?:Uniq)?Array(?:If)?)\(\d+\)\(/g)].map(
    ([, word = '']) =>
      `${name} keeps any few with ${word}(…): use groupArraySorted(…), with distinct where it may repeat`,
  ),
  ...(/\blimit \d+ by\b/i.test(sql) && !/\border by\b[^()]*\blimit \d+ by\b/i.test(sql)
    ? [`${name} keeps any one with limit … by: say which with order by before it`]
    : []),
]
