import type { Command } from 'commander'
import { anonymiseEntries } from '../audit/anonymise-entries.ts'
import { systemClock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { atTheMachine } from './at-the-machine.ts'
import { withCasework } from './with-casework.ts'

/** Makes a range of entries anonymous, such as `12` or `12-40`; gives back how many there were. */
export const anonymise = (command: Command, range: string, why: string): Promise<number> => {
  const [, from = '', to = from] = /^([1-9]\d{0,14})(?:-([1-9]\d{0,14}))?$/.exec(range) ?? []
  if (from === '' || Number(to) < Number(from))
    throw new AppError('USAGE', `Name entries by number, such as 12 or 12-40, not "${range}".`)
  return withCasework(command, store =>
    anonymiseEntries(
      { store, clock: systemClock },
      { who: atTheMachine().id, from: 'command line' },
      { from: Number(from), to: Number(to) },
      why,
    ),
  )
}
