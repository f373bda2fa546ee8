import type { Command } from 'commander'
import { acceptGapInStore } from '../audit/accept-gap.ts'
import { changeLogKey } from '../audit/change-log-key.ts'
import { systemClock } from '../core/clock.ts'
import { atTheMachine } from './at-the-machine.ts'
import { withCasework } from './with-casework.ts'

/** Goes on with a log whose casework store was put back from an older copy; gives back how many entries lost what they say. */
export const acceptGap = (command: Command, why: string): Promise<number> =>
  withCasework(command, store =>
    acceptGapInStore({ store, clock: systemClock }, { who: atTheMachine().id, from: 'command line' }, why),
  )

/** Gives the log a new key; gives back its new name. */
export const newKey = (command: Command, why: string): Promise<string> =>
  withCasework(command, store =>
    changeLogKey({ store, clock: systemClock }, { who: atTheMachine().id, from: 'command line' }, why),
  )
