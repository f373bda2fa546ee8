import { InvalidArgumentError, type Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`Give a whole number of at least ${least}.`)
    return value
  }

const day = (text: string): string => {
  const moment = new Date(`${text}T00:00:00Z`)
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(moment.getTime()) ||
    moment.toISOString().slice(0, 10) !== text
  )
    throw new InvalidArgumentError('Give a day such as 2025-06-30.')
  return text
}

/** `upstander simulate`: writes the demonstration force as a Data Package. */
export const addSimulateCommand = (parent: Command): void => {
  addVerb(
    parent,
    'simulate',
    'Write a made-up force as a Data Package of all 40 feeds: for showing and for tests.',
    { json: true },
  )
    .requiredOption('--out <dir>', 'folder for the package')
    .option(
      '--staff <n>',
      'members of staff, at least 60: fewer cannot fill every post',
      wholeNumber(60),
      400,
    )
    .option('--days <n>', 'days of records', wholeNumber(14), 120)
    .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber(0), 1)
    .option(
      '--offenders <n>',
      'how many offend: more than any force has, so that an evaluation can tell them apart',
      wholeNumber(1),
    )
    .option('--end <day>', 'last day of the records', day, '2025-06-30')
    .action(later(async () => (await import('./run-simulate.ts')).runSimulate))
}
