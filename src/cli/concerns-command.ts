import { Option, type Command } from 'commander'
import { readKey } from '../core/keys.ts'
import { withAudit } from '../audit/audit-log.ts'
import { listConcerns, type ConcernList } from '../concerns/list-concerns.ts'
import { systemClock } from '../core/clock.ts'
import { coarse, coarseWords } from '../core/coarse-count.ts'
import { bands, type Band } from '../core/bands.ts'
import { countWords, dayWords } from '../ui/words.ts'
import { atTheMachine } from './at-the-machine.ts'
import { isDemonstration } from './demonstration.ts'
import { addVerb } from './with-data.ts'
import { withStores } from './with-stores.ts'

type Options = { readonly band?: Band; readonly all?: boolean; readonly json?: boolean }

/**
 * `upstander concerns`: how many wait, and in the demonstration the review queue as a list, identities masked. Nobody at the machine has shown
 * who they are, and so nobody can tell whether a concern is to be kept from them: of real records it tells no reference and no figure that
 * a single concern would move.
 */
export const addConcernsCommand = (parent: Command): void => {
  addVerb(
    parent,
    'concerns',
    'Tell how many concerns wait for review; list them where all records are invented.',
    { json: true },
  )
    .addOption(new Option('--band <band>', 'only this band').choices(bands))
    .option('--all', 'closed, watched and noted ones too')
    .action(async (options: Options, command: Command) => {
      const told = await withStores(command, async ({ lake, store, settings }) => {
        const user = atTheMachine()
        const deps = { store, clock: systemClock, maskKey: readKey(settings.dataDir, 'mask') }
        const event = {
          what: 'queue-read',
          who: user.id,
          subject: '',
          why: 'listed at the machine',
          from: 'command line',
        } as const
        const list = await withAudit(deps, event, () =>
          listConcerns(deps, user, {
            band: options.band,
            status: options.all === true ? 'all' : 'to_review',
            pageSize: 200,
          }),
        )
        return { list, whole: await isDemonstration(lake, settings.dataDir) }
      })
      const { list, whole } = told
      const json = whole ? jsonOf(list) : { total: coarse(list.total), concerns: [] }
      const text = whole ? textOf(list) : countOf(list)
      process.stdout.write(options.json === true ? `${JSON.stringify(json)}\n` : text)
    })
}

const jsonOf = (list: ConcernList) => ({
  total: list.total,
  concerns: list.concerns.map(({ ref, staff, person, status, band, points, account, openedAt, dueOn }) => ({
    ref,
    staff,
    person,
    status,
    band,
    points,
    account,
    openedAt,
    dueOn,
  })),
})

const countOf = ({ total }: ConcernList): string =>
  `${capital(coarseWords(total))} concerns, to the nearest five. Sign in to the staff app to read them.\n`

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const textOf = (list: ConcernList): string => {
  if (list.total === 0) return 'There is no concern to show.\n'
  const shown = list.concerns.length
  const head = `${countWords(list.total, 'concern')}${list.total > shown ? `, the first ${shown}` : ''}:`
  return `${[head, '', ...list.concerns.flatMap(linesOf)].join('\n')}\n`
}

const linesOf = ({ ref, band, points, staff, person, dueOn, account }: ConcernList['concerns'][number]) => [
  `${ref}  ${band.padEnd(8)} ${points.toFixed(1).padStart(5)}  ${person === '' ? `${staff} alone` : `${staff} and ${person}`}` +
    (dueOn === undefined ? '' : `, decide by ${dayWords(dueOn)}`),
  `           ${account}`,
]
