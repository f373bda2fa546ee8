import type { Command } from 'commander'
import { AppError } from '../core/errors.ts'
import { checkContent } from '../detection/check-content.ts'
import { writeLock } from '../detection/content-lock.ts'

/** `upstander content check | lock`: the rules that facts, indicators and credits keep, and their versions. */
export const addContentCommand = (parent: Command): void => {
  const content = parent
    .command('content')
    .description('Check the facts, indicators and credits, and lock the versions of the indicators.')
  content
    .command('check')
    .description('Hold all content to its rules and say what to mend. The cases run with npm test.')
    .option('--json', 'print JSON for a program to read')
    .action((options: { json?: boolean }) => {
      const rules = checkContent()
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(rules)}\n`
          : rules
              .map(
                ({ rule, faults }) =>
                  `${faults.length === 0 ? 'kept  ' : 'BROKEN'}  ${rule}\n${faults.map(fault => `          ${fault}\n`).join('')}`,
              )
              .join(''),
      )
      const broken = rules.filter(each => each.faults.length > 0).length
      if (broken > 0)
        throw new AppError('CONTENT_INVALID', `${broken} of ${rules.length} rules are broken: see above.`)
    })
  content
    .command('lock')
    .description(
      'Write down the version and hash of every indicator. Refuses a change without a new version.',
    )
    .action(() => {
      const lock = writeLock()
      process.stdout.write(`Locked ${Object.keys(lock).length} indicators in content/indicators.lock.json.\n`)
    })
}
