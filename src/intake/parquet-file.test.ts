import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { withScratchLake } from '../lake/scratch-lake.ts'
import { writeParquetAsCsv } from './parquet-file.ts'
import { withWorkFolder } from './work-folder.ts'

test('for a lake on a server, a Parquet file becomes numbered CSV rows', async () => {
  const written = await withWorkFolder(async work => {
    const parquet = join(work, 'units.parquet')
    const csv = join(work, 'units.csv')
    await withScratchLake(scratch =>
      scratch.run(
        `insert into function file('${parquet}', Parquet) select 'V' || toString(number) as unit_id, 'say "hi"' as kind from numbers(2)`,
      ),
    )
    await writeParquetAsCsv(parquet, ['toString(unit_id)', 'toString(kind)'], csv)
    return readFileSync(csv, 'utf8')
  })
  assert.equal(written, '1,"V0","say ""hi"""\n2,"V1","say ""hi"""\n')
})
