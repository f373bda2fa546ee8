import { errorCodes, errorMeanings, type ErrorCode } from '../../core/errors.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

/** Every failure with the exit code its command ends with. */
export const errorsPage: ReferencePage = {
  file: 'errors.md',
  write: () =>
    page('Failures and exit codes', [
      'A command that ends well exits with 0. One of these failures prints one sentence that says what happened and what to do. Exit code 1 is a defect in Upstander: please report it with what was printed.',
      table(
        ['exit code', 'failure', 'when'],
        (Object.keys(errorCodes) as ErrorCode[]).map(name => [
          String(errorCodes[name]),
          code(name),
          errorMeanings[name],
        ]),
      ),
    ]),
}
