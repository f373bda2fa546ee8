import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'

const marker = z.object({ throughBatch: z.number().int().positive() })
const markerFile = (dataDir: string): string => join(dataDir, 'demonstration.json')

/** Number of the newest batch of records that was taken in; 0 when there is none. */
export const newestBatch = async (lake: Lake): Promise<number> => {
  const [row] = await lake.rows<{ batch: number }>('select max(batch_id) as batch from upstander.batches')
  return row?.batch ?? 0
}

/** Writes down that everything taken in so far is invented. */
export const markDemonstration = async (lake: Lake, dataDir: string): Promise<void> => {
  const text = JSON.stringify({ throughBatch: await newestBatch(lake) })
  writeFileSync(markerFile(dataDir), `${text}\n`, { mode: 0o600 })
}

/** Whether the folder holds the demonstration force and nothing else: one batch more, and it is real. */
export const isDemonstration = async (lake: Lake, dataDir: string): Promise<boolean> => {
  try {
    const { throughBatch } = marker.parse(JSON.parse(readFileSync(markerFile(dataDir), 'utf8')))
    return (await newestBatch(lake)) === throughBatch
  } catch {
    return false
  }
}
