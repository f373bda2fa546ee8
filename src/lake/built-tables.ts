import { lakeDatabase, type Lake } from './lake.ts'

/** Names of the tables that there are: facts, findings and scores are there once detection has run. */
export const builtTables = async (lake: Lake): Promise<ReadonlySet<string>> => {
  const rows = await lake.kept<{ name: string }>(
    'select name from system.tables where database = {database:String}',
    { database: lakeDatabase },
  )
  return new Set(rows.map(row => row.name))
}
