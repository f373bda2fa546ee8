/** Something in the log that is not as it was written. */
export type LogFault = {
  /** The first entry it touches, 1 for the first of the log; undefined where it touches none. */
  readonly entry: number | undefined
  readonly says: string
}
