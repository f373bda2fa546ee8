/** Every failure a person can meet, with the exit code its command ends with. One list, so that docs and tests can check it. */
export const errorCodes = {
  SETTINGS_INVALID: 2,
  USAGE: 2,
  DATA_FOLDER_IN_USE: 3,
  DATA_FOLDER_MISSING: 3,
  CONTENT_INVALID: 4,
  FILE_REFUSED: 5,
  PACKAGE_INVALID: 5,
  LAKE_FAILED: 6,
  CASEWORK_FAILED: 6,
  NOT_FOUND: 7,
  REFUSED: 8,
  CHECK_FAILED: 9,
} as const

export type ErrorCode = keyof typeof errorCodes

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
