import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander audit …`: checks the log, proves one entry of it, and keeps it going. */
export const addAuditCommand = (parent: Command): void => {
  const audit = parent
    .command('audit')
    .description('Check the log for changes, prove an entry of it, make entries anonymous.')
  addVerb(
    audit,
    'verify',
    'Hash every entry again and compare it with the tree, with kept checkpoints and with the casework store.',
    {
      json: true,
    },
  )
    .option(
      '--files <dir>',
      'check only the files of a log, or of a data folder; needs no database, and works on a copy',
    )
    .option('--key <line>', 'the log’s public key, as it was noted elsewhere (default: key.txt of the log)')
    .option('--earlier <files...>', 'checkpoints that were kept elsewhere')
    .action(later(async () => (await import('./run-audit.ts')).runAuditVerify))
  addVerb(
    audit,
    'prove <entry>',
    'Write a proof that one entry, by number or reference, is in the log, to be shown outside: a C2SP tlog-proof file.',
  )
    .requiredOption('--why <text>', 'what the proof is for; it goes into the log')
    .option('--out <file>', 'file to write (default: entry-<number>.tlog-proof)')
    .action(later(async () => (await import('./run-audit.ts')).runAuditProve))
  audit
    .command('check-proof <file>')
    .description('Check a proof file. Needs nothing but the log’s public key.')
    .requiredOption('--key <line>', 'the log’s public key')
    .option('--witness <lines...>', 'public keys of witnesses')
    .action(later(async () => (await import('./run-audit.ts')).runAuditCheckProof))
  addVerb(
    audit,
    'anonymise <entries>',
    'Make entries anonymous for good, such as 12 or 12-40. The tree stays as it is, and the log says so.',
  )
    .requiredOption('--why <text>', 'on what ground; it goes into the log')
    .action(later(async () => (await import('./run-audit.ts')).runAuditAnonymise))
  addVerb(
    audit,
    'accept-gap',
    'Go on after the casework store was put back from an older copy than the log: the gap stays on record.',
  )
    .requiredOption('--why <text>', 'what happened; it goes into the log')
    .action(later(async () => (await import('./run-audit.ts')).runAuditAcceptGap))
  addVerb(
    audit,
    'new-key',
    'Give the log a new key and name: every few years, when the key may be known, or after a roll-back.',
  )
    .requiredOption('--why <text>', 'on what ground; it goes into the log')
    .action(later(async () => (await import('./run-audit.ts')).runAuditNewKey))
}
