import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../core/errors.ts'
import { checkFiles } from '../log-check/check-files.ts'
import { checkProof, type ProofCheck } from '../log-check/proof.ts'
import { readVerifier, type Verifier } from '../log-check/note.ts'
import { countWords } from '../ui/words.ts'
import { anonymise } from './audit-anonymise.ts'
import { acceptGap, newKey } from './audit-repair.ts'
import { proveEntry } from './audit-prove.ts'
import { verifyWhole, type WholeCheck } from './audit-verify.ts'

type VerifyOptions = {
  readonly files?: string
  readonly key?: string
  readonly earlier?: readonly string[]
  readonly json?: boolean
}

/** Does what `upstander audit verify` asks for. */
export const runAuditVerify = async (options: VerifyOptions, command: Command): Promise<void> => {
  const against = { key: options.key, earlier: (options.earlier ?? []).map(readText) }
  const check =
    options.files === undefined
      ? await verifyWhole(command, against)
      : { files: checkFiles(logIn(options.files), against) }
  process.stdout.write(options.json === true ? `${JSON.stringify(jsonOf(check))}\n` : wordsOf(check))
  const faults = faultsOf(check)
  if (faults.length > 0)
    throw new AppError(
      'CHECK_FAILED',
      `The log is not as it was written: ${countWords(faults.length, 'fault')}, see above.`,
    )
}

/** Does what `upstander audit prove` asks for. */
export const runAuditProve = async (
  entry: string,
  options: { why: string; out?: string },
  command: Command,
): Promise<void> => {
  const file = options.out ?? `entry-${entry}.tlog-proof`
  writeFileSync(file, await proveEntry(command, entry, options.why), { mode: 0o600 })
  process.stdout.write(
    `The proof of entry ${entry} is in ${file}. It says who, what and why in the clear: hand it over as you would the entry.\n`,
  )
}

/** Does what `upstander audit check-proof` asks for. */
export const runAuditCheckProof = (
  file: string,
  options: { key: string; witness?: readonly string[] },
): void => {
  const check = checkProof(readText(file), keyOf(options.key), (options.witness ?? []).map(keyOf))
  process.stdout.write(proofWords(check))
  if (check.outcome !== 'proved') throw new AppError('CHECK_FAILED', 'The proof does not hold.')
}

/** Does what `upstander audit anonymise` asks for. */
export const runAuditAnonymise = async (
  entries: string,
  options: { why: string },
  command: Command,
): Promise<void> => {
  process.stdout.write(
    `${countWords(await anonymise(command, entries, options.why), 'entry', 'entries')} made anonymous.\n`,
  )
}

/** Does what `upstander audit accept-gap` asks for. */
export const runAuditAcceptGap = async (options: { why: string }, command: Command): Promise<void> => {
  process.stdout.write(
    `${countWords(await acceptGap(command, options.why), 'entry', 'entries')} put back without what they say: the log names the gap.\n`,
  )
}

/** Does what `upstander audit new-key` asks for. */
export const runAuditNewKey = async (options: { why: string }, command: Command): Promise<void> => {
  process.stdout.write(
    `The log is now ${await newKey(command, options.why)}. Give the first line of log/key.txt to its witnesses and whoever checks it.\n`,
  )
}

type Check = Pick<WholeCheck, 'files'> & Partial<WholeCheck>

const faultsOf = ({ files, rows, tables }: Check) => [
  ...files.faults,
  ...(rows?.faults ?? []),
  ...(tables ?? []),
]

const wordsOf = (check: Check): string => {
  const { files, rows } = check
  const faults = faultsOf(check)
  const lines = [
    `${files.origin}: ${countWords(files.size, 'entry', 'entries')}, tree ${files.root}, compared with ${countWords(files.checkpoints, 'kept checkpoint')}.`,
    ...(rows === undefined
      ? ['The casework store was not looked at.']
      : [
          `Anonymous: ${rows.anonymised.length}. Not sealed yet: ${rows.unsealed}.`,
          ...(rows.clockMoved.length === 0
            ? []
            : [
                `The clock was moved back before entries ${rows.clockMoved.slice(0, 20).join(', ')}. Their order is that of their numbers.`,
              ]),
        ]),
    ...faults.map(({ says }) => `  ${says}`),
    faults.length === 0 ? 'The log is as it was written.' : '',
  ]
  return `${lines.filter(line => line !== '').join('\n')}\n`
}

const jsonOf = (check: Check) => ({
  origin: check.files.origin,
  entries: check.files.size,
  root: check.files.root,
  checkpoints: check.files.checkpoints,
  anonymised: check.rows?.anonymised,
  unsealed: check.rows?.unsealed,
  clockMoved: check.rows?.clockMoved,
  faults: faultsOf(check),
})

const proofWords = (check: ProofCheck): string => {
  if (check.outcome !== 'proved') return `${check.says}\n`
  const { leaf, salt, ...said } = check.disclosed
  const { at, what, outcome } = JSON.parse(leaf) as { at: string; what: string; outcome: string }
  return [
    `Entry ${check.entry} is in the log, one of ${check.size} when this was signed.`,
    `  when     ${at}`,
    `  what     ${what} (${outcome})`,
    ...Object.entries(said).map(
      ([name, text]) => `  ${name.padEnd(9)}${salt === '' ? '(made anonymous)' : JSON.stringify(text)}`,
    ),
    ...check.witnesses.map(({ name, at: when }) => `  Cosigned by ${name} at ${when.toISOString()}`),
    '',
  ].join('\n')
}

/** The folder of a log: the one named, or the one in a data folder. */
const logIn = (folder: string): string =>
  existsSync(join(folder, 'log', 'checkpoint')) ? join(folder, 'log') : folder

const readText = (file: string): string => {
  if (!existsSync(file)) throw new AppError('NOT_FOUND', `There is no file ${file}.`)
  return readFileSync(file, 'utf8')
}

const keyOf = (line: string): Verifier => {
  const key = readVerifier(line)
  if (key === undefined) throw new AppError('USAGE', `This is not a public key of a log or witness: ${line}`)
  return key
}
