import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../core/project-root.ts'
import { openCaseworkStore } from './casework-store.ts'
import { readMigrations } from './run-migrations.ts'

/** Puts an empty embedded casework store, with all its tables, into a data folder. Tests only. */
export const copyEmptyStore = async (dataDir: string): Promise<void> => {
  cpSync(await emptyStore(), dataDir, { recursive: true })
}

/**
 * A folder with an empty embedded store, made once for each state of the migrations: making one takes seconds, copying it does not.
 * Test files run side by side, so each may make it, and the first to finish gives it its name.
 */
const emptyStore = async (): Promise<string> => {
  const state = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 16)
  const cache = join(projectRoot, 'node_modules', '.cache', 'upstander')
  const template = join(cache, `casework-${state}`)
  if (existsSync(template)) return template
  mkdirSync(cache, { recursive: true })
  const made = mkdtempSync(join(cache, 'making-'))
  const store = await openCaseworkStore({ dataDir: made, databaseUrl: undefined })
  await store.close()
  try {
    renameSync(made, template)
  } catch (cause) {
    rmSync(made, { recursive: true, force: true })
    if (!existsSync(template)) throw cause
  }
  return template
}
