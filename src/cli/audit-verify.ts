import type { Command } from 'commander'
import { actKinds, readActs } from '../audit/acts-store.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { everyRow } from '../audit/every-row.ts'
import { logFolder } from '../audit/open-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { systemClock } from '../core/clock.ts'
import { checkFiles, type FilesCheck } from '../log-check/check-files.ts'
import { checkRows, type RowsCheck } from '../log-check/check-rows.ts'
import type { LogFault } from '../log-check/log-fault.ts'
import { reconcile } from '../log-check/reconcile.ts'
import { readRegister, registerOf } from '../retention/erasure-register.ts'
import { atTheMachine } from './at-the-machine.ts'
import { withCasework } from './with-casework.ts'

export type WholeCheck = {
  readonly files: FilesCheck
  readonly rows: RowsCheck
  /** Where the application's tables and the log do not tell the same. */
  readonly tables: readonly LogFault[]
}

type Against = Parameters<typeof checkFiles>[1]

/** Checks the files of the log, the casework store's copy of it, and the tables it tells of. */
export const checkWhole = async (
  store: Pick<CaseworkStore, 'db'>,
  dataDir: string,
  against: Against = {},
): Promise<WholeCheck> => {
  const files = checkFiles(logFolder(dataDir), against)
  const rows = await checkRows(files.hashes, everyRow(store.db))
  const acts = await readActs(store.db)
  return { files, rows, tables: reconcile(actKinds, acts, rows, erasedBy(dataDir, rows)) }
}

/** The concerns that were destroyed by the rules: those of the register of erasures whose destruction is in the log. */
const erasedBy = (dataDir: string, { changes }: RowsCheck): ReadonlySet<string> => {
  const names = [...changes.keys()].map(name => name.split('\n'))
  const done = new Set(names.flatMap(([what, , id = '']) => (what === 'records-destroyed' ? [id] : [])))
  const orders = readRegister([registerOf(dataDir)]).filter(({ id }) => done.has(id))
  return new Set(orders.flatMap(({ concerns }) => concerns))
}

/** As `checkWhole`, on the data folder of a command. That it was checked is an entry of the log, where the log can still be added to. */
export const verifyWhole = (command: Command, against: Against): Promise<WholeCheck> =>
  withCasework(command, async (store, settings) => {
    const check = await checkWhole(store, settings.dataDir, against)
    const faults = check.files.faults.length + check.rows.faults.length + check.tables.length
    const entry = { who: atTheMachine().id, subject: '', from: 'command line' } as const
    if (check.files.faults.length + check.rows.faults.length === 0)
      await appendEvent(
        { store, clock: systemClock },
        {
          ...entry,
          what: 'log-verified',
          why: `${check.files.size} entries, ${faults} faults`,
          outcome: 'done',
        },
      )
    return check
  })
