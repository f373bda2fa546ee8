import { userInfo } from 'node:os'
import { Option, type Command } from 'commander'
import { readKey } from '../access/keys.ts'
import type { User } from '../access/user.ts'
import { withAudit } from '../audit/audit-log.ts'
import { listConcerns, type ConcernList } from '../concerns/list-concerns.ts'
import { systemClock } from '../core/clock.ts'
import { bands, type Band } from '../core/bands.ts'
import { addVerb } from './with-data.ts'
import { withStores } from './with-stores.ts'

type Options = { readonly band?: Band; readonly all?: boolean; readonly json?: boolean }

/** Whoever sits at the machine: sees what an analyst sees, masked, and is named in the log by their login. */
const atTheMachine = (): User => ({
  id: `machine:${userInfo().username}`,
  name: `${userInfo().username} at the machine`,
  email: '',
  roles: ['analyst'],
})

/** `upstander concerns`: the review queue as a list, identities masked. */
export const addConcernsCommand = (parent: Command): void => {
  addVerb(parent, 'concerns', 'List the concerns that wait for review, identities masked.', { json: true })
    .addOption(new Option('--band <band>', 'only this band').choices(bands))
    .option('--all', 'closed, watched and noted ones too')
    .action(async (options: Options, command: Command) => {
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

const textOf = (list: ConcernList): string =>
  list.total === 0
    ? 'No concern waits for review.\n'
    : `${list.total} concerns${list.total > list.concerns.length ? `, the first ${list.concerns.length}` : ''}:\n\n` +
      list.concerns
        .map(
          each =>
            `${each.ref}  ${each.band.padEnd(8)} ${each.points.toFixed(1).padStart(5)}  ${each.staff} and ${each.person}` +
            `${each.dueOn === undefined ? '' : `, due ${each.dueOn}`}\n           ${each.account}\n`,
        )
        .join('')
