/** Every failure a person can meet, with the exit code its command ends with. One list, so that docs and tests can check it. */
export const errorCodes = {
  SETTINGS_INVALID: 2,
  USAGE: 2,
  DATA_FOLDER_IN_USE: 3,
  CONTENT_INVALID: 4,
  FILE_REFUSED: 5,
  PACKAGE_INVALID: 5,
  TRUTH_INVALID: 5,
  LAKE_FAILED: 6,
  CASEWORK_FAILED: 6,
  LOG_FAILED: 6,
  LOG_CHANGED: 9,
  NOT_FOUND: 7,
  REFUSED: 8,
  CHECK_FAILED: 9,
  BACKUP_FAILED: 10,
  BACKUP_UNUSABLE: 10,
  ERASURE_FAILED: 10,
} as const

export type ErrorCode = keyof typeof errorCodes

/** When each failure is met, for the reference pages. */
export const errorMeanings: Readonly<Record<ErrorCode, string>> = {
  SETTINGS_INVALID: 'A setting in the environment is wrong. Every wrong one is listed.',
  USAGE: 'The command does not take what was typed.',
  DATA_FOLDER_IN_USE: 'Another process works on the data folder. Stop it, or name another folder.',
  CONTENT_INVALID: 'A file under `content/` breaks its rules. The sentence names the file and the fault.',
  FILE_REFUSED:
    'A supplied file cannot be read as records. Nothing of it was taken in; the other files were.',
  PACKAGE_INVALID: 'The folder to take in, or its `datapackage.json`, cannot be read.',
  TRUTH_INVALID:
    'The truth to evaluate against cannot be read, or is of another force. Every fault is listed by file and row.',
  LAKE_FAILED: 'The lake could not be opened or could not answer.',
  CASEWORK_FAILED: 'The casework store could not be opened or could not answer.',
  LOG_FAILED:
    'The log could not be written, or its key is missing. Nothing is shown or changed until it can.',
  LOG_CHANGED: 'The log is not as it was written, or another log or process stands in its place.',
  NOT_FOUND: 'There is no such thing, or the person who asks may not know of it.',
  REFUSED: 'The person who asks may not do this.',
  CHECK_FAILED: 'A check found a difference. The difference is printed above the sentence.',
  BACKUP_FAILED: 'A backup could not be made or put back: a program is missing, or the disk is full.',
  ERASURE_FAILED:
    'The register of what was destroyed could not be read or written. Nothing is destroyed, and nothing served, until it can.',
  BACKUP_UNUSABLE:
    'A backup is damaged, cut short, changed, or encrypted for another key. Nothing was changed.',
}

/** A failure with a sentence for a person: what happened and what to do. Anything else that is thrown is a defect. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The sentence to show for anything thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)
