import { Option, type Command } from 'commander'
import { bands } from '../core/bands.ts'
import { addVerb, later } from './add-verb.ts'

/** `upstander concerns`: the review queue as a list, identities masked. */
export const addConcernsCommand = (parent: Command): void => {
  addVerb(parent, 'concerns', 'List the concerns that wait for review, identities masked.', { json: true })
    .addOption(new Option('--band <band>', 'only this band').choices(bands))
    .option('--all', 'closed, watched and noted ones too')
    .action(later(async () => (await import('./run-concerns.ts')).runConcerns))
}
