import { InvalidArgumentError, type Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander replay`: what nightly runs would have raised, and when, had they known only what was known by then. */
export const addReplayCommand = (parent: Command): void => {
  addVerb(
    parent,
    'replay',
    'Say on which day each pair would have reached each band, had detection run every night.',
    { json: true },
  )
    .requiredOption('--from <day>', 'first night, YYYY-MM-DD', day)
    .requiredOption('--to <day>', 'last night, YYYY-MM-DD', day)
    .option('--out <file>', 'CSV file to write; standard output when absent')
    .action(later(async () => (await import('./run-replay.ts')).runReplay))
}

const day = (text: string): string => {
  const parsed = new Date(`${text}T00:00:00Z`)
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(parsed.getTime()) ||
    !parsed.toISOString().startsWith(text)
  ) {
    throw new InvalidArgumentError('A day is written YYYY-MM-DD.')
  }
  return text
}
