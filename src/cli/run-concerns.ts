import type { Command } from 'commander'
import { readKey } from '../core/keys.ts'
import { withAudit } from '../audit/audit-log.ts'
import { listConcerns, type ConcernList } from '../concerns/list-concerns.ts'
import { systemClock } from '../core/clock.ts'
import type { Band } from '../core/bands.ts'
import { countWords, dayWords } from '../ui/words.ts'
import { atTheMachine } from './at-the-machine.ts'
import { withStores } from './with-stores.ts'

type Options = { readonly band?: Band; readonly all?: boolean; readonly json?: boolean }

/** Does what `upstander concerns` asks for. */
export const runConcerns = async (options: Options, command: Command): Promise<void> => {
  const list = await withStores(command, ({ store, settings }) => {
    const user = atTheMachine()
    const deps = { store, clock: systemClock, maskKey: readKey(settings.dataDir, 'mask') }
    const event = {
      what: 'queue-read',
      who: user.id,
      subject: '',
      why: 'listed at the machine',
      from: 'command line',
    } as const
    return withAudit(deps, event, () =>
      listConcerns(deps, user, {
        band: options.band,
        status: options.all === true ? 'all' : 'to_review',
        pageSize: 200,
      }),
    )
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(jsonOf(list))}\n` : textOf(list))
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
