import type { Command } from 'commander'
import type { Raised } from '../concerns/raise-concerns.ts'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import type { DetectResult } from '../detection/detect-result.ts'
import { carryOutAgreed } from '../jobs/carry-out-destruction.ts'
import { detectAndRaise } from '../jobs/detect-and-raise.ts'
import { withStores } from './with-stores.ts'

/** Does what `upstander detect` asks for. */
export const runDetect = async (
  options: { full?: boolean; json?: boolean },
  command: Command,
): Promise<void> => {
  const outcome = await withStores(command, async ({ lake, store, settings }) => {
    const progress = options.json === true ? silentProgress : terminalProgress
    await carryOutAgreed({ lake, store, clock: systemClock, ...settings })
    return await detectAndRaise(
      { lake, store, clock: systemClock, progress, colleagueDays: settings.colleagueYears * 365 },
      { full: options.full === true },
    )
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(outcome)}\n` : describeDetection(outcome))
}

const factNames: Readonly<Record<string, string>> = {
  contact: 'contacts with a known person',
  look_up: 'look-ups',
  stay: 'stays beside an address',
  all: 'all three',
}

/** What a run of detection did, in lines for a person. */
export const describeDetection = ({
  detected,
  raised,
}: {
  detected: DetectResult
  raised: Raised
}): string => {
  if (detected.lastDay === '') return 'There are no records yet: run "upstander intake FOLDER" first.\n'
  const shares = Object.entries(detected.explained).map(
    ([fact, share]) => `  ${(share * 100).toFixed(1).padStart(5)} %  ${factNames[fact] ?? fact}\n`,
  )
  return (
    unreadWords(detected) +
    `Detected up to ${detected.lastDay} in ${detected.seconds.toFixed(1)} s: ${detected.findings} findings, ${detected.pairs} pairs scored.\n` +
    `Explained by a record:\n${shares.join('')}` +
    `Concerns: ${raised.opened} opened (those at watch wait for no decision and are not in the review queue), ${raised.joined} with new evidence, ${raised.reopened} reopened, ${raised.unchanged} as they were.\n`
  )
}

const unreadWords = ({ unread = [], notRun = [] }: DetectResult): string =>
  unread.length === 0
    ? ''
    : `NOT READ for lack of a current lawful basis: ${unread.join(', ')}. ${notRun.length} indicators that need them did not run.\n` +
      `The data protection officer confirms feeds on the page "Feeds", or with "upstander feeds".\n`
