// Takes a folder in and kills its own process, as a power cut would, just before or in the middle of the lake's n-th statement.
// Arguments: data folder, folder to take in, n, and "before" or "during". Prints the statements that ran, one a line, when none is the n-th.
import { fixedClock } from '../../src/core/clock.ts'
import { readSettings } from '../../src/core/settings.ts'
import { intakeFolder } from '../../src/intake/intake-folder.ts'
import { openLake, type Lake } from '../../src/lake/lake.ts'

const [dataDir = '', folder = '', at = '0', when = 'before'] = process.argv.slice(2)
const lake = await openLake(readSettings({}, { dataDir }))
const statements: string[] = []

const counted =
  <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> => {
    statements.push(String(args[0]).replace(/\s+/g, ' '))
    if (statements.length !== Number(at)) return work(...args)
    if (when === 'during') void work(...args)
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), when === 'during' ? 2 : 0)
    return new Promise<Result>(() => undefined)
  }

const doomed: Lake = { ...lake, run: counted(lake.run), insert: counted(lake.insert) }
await intakeFolder({ lake: doomed, clock: fixedClock('2025-06-01T12:00:00Z') }, folder)
await lake.close()
process.stdout.write(statements.join('\n'))
