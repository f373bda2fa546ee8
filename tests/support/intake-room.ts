import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '../../src/core/clock.ts'
import { readSettings } from '../../src/core/settings.ts'
import { intakeFolder, type IntakeReport } from '../../src/intake/intake-folder.ts'
import type { Reject } from '../../src/intake/rejects.ts'
import { listRejects } from '../../src/intake/rejects.ts'
import { openLake, type Lake } from '../../src/lake/lake.ts'

/** A lake on a temporary folder, and a folder of files to take in. It is 1 June 2025 at noon there. */
export type IntakeRoom = {
  readonly lake: Lake
  readonly folder: string
  /** Puts a file into the folder. */
  readonly put: (name: string, content: string | Uint8Array) => void
  /** Takes the folder in. */
  readonly take: () => Promise<IntakeReport>
  /** Empties the folder, puts one file into it and takes it in. */
  readonly takeOne: (name: string, content: string | Uint8Array) => Promise<IntakeReport>
  readonly rejects: () => Promise<Reject[]>
  readonly close: () => Promise<void>
}

/** Opens a room; close it at the end of the test. */
export const openIntakeRoom = async (change: (lake: Lake) => Lake = lake => lake): Promise<IntakeRoom> => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-test-'))
  const opened = await openLake(readSettings({}, { dataDir: join(dir, 'data') }))
  const lake = change(opened)
  const room = { folder: mkdtempSync(join(dir, 'in-')) }
  const put: IntakeRoom['put'] = (name, content) => {
    writeFileSync(join(room.folder, name), content)
  }
  const take = () => intakeFolder({ lake, clock: fixedClock('2025-06-01T12:00:00Z') }, room.folder)
  return {
    lake,
    get folder() {
      return room.folder
    },
    put,
    take,
    takeOne: (name, content) => {
      room.folder = mkdtempSync(join(dir, 'in-'))
      put(name, content)
      return take()
    },
    rejects: () => listRejects(lake),
    close: async () => {
      await opened.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
