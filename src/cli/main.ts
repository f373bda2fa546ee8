import { Command, CommanderError } from 'commander'
import { AppError, errorCodes } from '../core/errors.ts'
import { addBackupCommand } from './backup-command.ts'
import { addBackupKeyCommand } from './backup-key-command.ts'
import { addAuditCommand } from './audit-command.ts'
import { addCheckDataCommand } from './check-data-command.ts'
import { addConcernsCommand } from './concerns-command.ts'
import { addContentCommand } from './content-command.ts'
import { addDetectCommand } from './detect-command.ts'
import { addDocsCommand } from './docs-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addEvaluateCommand } from './evaluate-command.ts'
import { addFeedsCommand } from './feeds-command.ts'
import { addIntakeCommand } from './intake-command.ts'
import { addRejectsCommand } from './rejects-command.ts'
import { addReplayCommand } from './replay-command.ts'
import { addRestoreCommand } from './restore-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addSimulateCommand } from './simulate-command.ts'
import { addStartCommand } from './start-command.ts'
import { addWitnessCommand } from './witness-command.ts'

const program = new Command('upstander')
  .description(
    'Finds early signs of abuse of position for a sexual purpose in records a force already holds.',
  )
  .option('--data <dir>', 'data folder (default: UPSTANDER_DATA, or ./data)')
  .showHelpAfterError('Add --help to see how it is used.')
  .exitOverride()

for (const addCommand of [
  addStartCommand,
  addSimulateCommand,
  addIntakeCommand,
  addRejectsCommand,
  addFeedsCommand,
  addDetectCommand,
  addReplayCommand,
  addEvaluateCommand,
  addConcernsCommand,
  addServeCommand,
  addBackupCommand,
  addBackupKeyCommand,
  addRestoreCommand,
  addDoctorCommand,
  addAuditCommand,
  addWitnessCommand,
  addCheckDataCommand,
  addContentCommand,
  addDocsCommand,
]) {
  addCommand(program)
}

try {
  await program.parseAsync()
} catch (thrown) {
  process.exitCode = exitCodeFor(thrown)
}

function exitCodeFor(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : errorCodes.USAGE
  if (thrown instanceof AppError) {
    process.stderr.write(`${thrown.message}\n`)
    return errorCodes[thrown.code]
  }
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`)
  return 1
}
