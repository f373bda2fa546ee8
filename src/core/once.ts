/**
 * Makes a value the first time it is asked for and gives that same value ever after, frozen through and through so that nobody
 * can change what another reads. A failure is not kept: the next call tries again.
 * For what holds as long as the product runs, such as its content.
 */
export const once = <Value extends object>(make: () => Value): (() => Value) => {
  let made: Value | undefined
  return () => (made ??= frozen(make()))
}

const frozen = <Value extends object>(value: Value): Value => {
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) frozen(part)
  }
  return Object.freeze(value)
}
