import type { Lake } from '../../src/lake/lake.ts'

/**
 * What somebody could write of a person anywhere that text is typed, and each part of it that leads to them. Each part has a letter that
 * no mask is made of, so that none is found by chance.
 */
export const canary = {
  text: 'PC 4417 Tobias Archer, 14 Acacia Avenue, Northwick BS15 8LU, LS15 OUB, 07700 900 987, +44 7700 900986, tobias.archer@example.org, born 3 May 1981, 03/05/81, with C1014 and N700011, see www.example.org/tobias',
  secrets: [
    '4417',
    'Tobias',
    'Archer',
    'Acacia',
    'Northwick',
    'BS15',
    '8LU',
    'LS15',
    'OUB',
    '900 987',
    '900986',
    'example.org',
    '1981',
    '03/05',
    'C1014',
    'N700011',
  ],
} as const

/** Puts other values into columns of a feed. */
export const rewriteFeed = async (lake: Lake, table: string, columns: string): Promise<void> => {
  await lake.run(`create table upstander.${table}_other as upstander.${table}`)
  await lake.run(`insert into upstander.${table}_other select * replace (${columns}) from upstander.${table}`)
  await lake.run(`exchange tables upstander.${table} and upstander.${table}_other`)
  await lake.run(`drop table upstander.${table}_other`)
}

/** Writes the canary into every column of free text that the records have, and into a rejected row. */
export const plantCanaries = async (lake: Lake): Promise<void> => {
  const words = `' ${canary.text}'`
  await rewriteFeed(lake, 'messages', `concat(text, ${words}) as text`)
  await rewriteFeed(lake, 'system_access', `concat(reason, ${words}) as reason`)
  await rewriteFeed(lake, 'intelligence', `concat(text, ${words}) as text`)
  const [batch] = await lake.rows<{ id: number; file: string }>(
    `select max(batch_id) as id, any(file) as file from upstander.batches where feed = 'billing'`,
  )
  const row = { feed: 'billing', file: batch?.file, batch_id: batch?.id, row: '{}', reason: 'is not known' }
  await lake.insert(
    'upstander.rejects',
    canary.secrets.map((value, at) => ({ ...row, line: at + 2, field: 'device_address', value })),
  )
}
