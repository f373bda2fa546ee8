import type { Command } from 'commander'

/** A verb of the command line: every one takes `--data DIR`, before or after its name, and `--json` where a program would read it. */
export const addVerb = (
  parent: Command,
  name: string,
  description: string,
  options: { json: boolean } = { json: false },
): Command => {
  const verb = parent
    .command(name)
    .description(description)
    .option('--data <dir>', 'data folder (default: UPSTANDER_DATA, or ./data)')
  return options.json ? verb.option('--json', 'print JSON for a program to read') : verb
}

/**
 * What a verb does, read from disk only once that verb is asked for: every start would otherwise read
 * the modules of all verbs, a second of processor time that neither help nor another verb needs.
 */
export const later =
  <Given extends unknown[]>(load: () => Promise<(...given: Given) => void | Promise<void>>) =>
  async (...given: Given): Promise<void> => {
    const run = await load()
    await run(...given)
  }
