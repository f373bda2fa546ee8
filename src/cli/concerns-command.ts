import { Option, type Command } from 'commander'
import { readKey } from '../access/keys.ts'
import type { User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { bands, type Band } from '../core/bands.ts'
import { systemClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import type { Settings } from '../core/settings.ts'
import { statuses, type ConcernRow, type Status } from '../concerns/concern.ts'
import { listConcerns, type ListInput } from '../concerns/list-concerns.ts'
import { addVerb, settingsFor } from './with-data.ts'

type Options = {
  readonly status: Status | 'open' | 'all'
  readonly band?: Band
  readonly limit: string
  readonly json?: boolean
}

/** Whoever can read the data folder can run this, so it sees no more than an analyst: masked, and logged. */
const commandLine: User = { id: 'command line', name: 'Command line', email: '', roles: ['analyst'] }

/** `upstander concerns`: the review queue, masked. */
export const addConcernsCommand = (parent: Command): void => {
  addVerb(parent, 'concerns', 'List concerns, highest first, with masked identities.', { json: true })
    .addOption(
      new Option('--status <status>', 'which concerns')
        .choices(['open', 'all', ...Object.keys(statuses)])
        .default('to_review'),
    )
    .addOption(new Option('--band <band>', 'only this band').choices(bands))
    .option('--limit <number>', 'how many at most, up to 200', '50')
    .action(async (options: Options, command: Command) => {
      const input = { status: options.status, band: options.band, pageSize: Number(options.limit) || 50 }
      const list = await readList(settingsFor(command), input)
      const text = options.json === true ? JSON.stringify(list.concerns.map(forPrograms)) : inWords(list)
      process.stdout.write(`${text}\n`)
    })
}

const readList = async (settings: Settings, input: ListInput) => {
  const folder = takeDataFolder(settings.dataDir, 'concerns')
  try {
    const store = await openCaseworkStore(settings)
    try {
      const deps = { store, clock: systemClock, maskKey: readKey(settings.dataDir, 'mask') }
      const event = { who: commandLine.id, what: 'queue-read', subject: '', why: 'List concerns' } as const
      await appendEvent(deps, { ...event, from: 'command line', outcome: 'allowed' })
      return await listConcerns(deps, commandLine, input)
    } finally {
      await store.close()
    }
  } finally {
    folder.release()
  }
}

/** Leaves out the pair's ids, which are for reading records only. */
const forPrograms = (row: ConcernRow): Omit<ConcernRow, 'pair'> & { pair: undefined } => ({
  ...row,
  pair: undefined,
})

const inWords = (list: { readonly concerns: readonly ConcernRow[]; readonly total: number }): string => {
  if (list.total === 0) return 'No concerns. Run "upstander detect" after records were taken in.'
  const lines = list.concerns.map(row => {
    const pair = [row.staff, row.person].filter(Boolean).join(' and ')
    const due = row.dueOn === undefined ? '' : `, decide by ${row.dueOn}`
    return `${row.ref}  ${row.band.padEnd(8)} ${row.points.toFixed(1).padStart(5)}  ${pair}${due}\n    ${row.account}`
  })
  return [...lines, `${list.concerns.length} of ${list.total} concerns.`].join('\n')
}
