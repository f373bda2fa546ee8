// Writes db/schema.sql from the migrations, on an empty embedded store.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCaseworkStore } from '../src/casework-store/casework-store.ts'
import { describeSchema } from '../src/casework-store/describe-schema.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'upstander-schema-'))
const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
writeFileSync(new URL('../db/schema.sql', import.meta.url), await describeSchema(store.db))
await store.close()
rmSync(dataDir, { recursive: true })
