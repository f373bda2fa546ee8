/**
 * How many wrong tries are allowed, so that nobody can guess their way in and nobody can lock another out. Tries from a
 * browser that this person has signed in with before are counted apart (OWASP "device cookies"): whoever guesses from
 * elsewhere uses up the tries of strangers alone. Passkeys cannot be guessed and are not counted.
 */
export const tryLimits = {
  /** This person from this browser, which they have signed in with before. */
  device: { tries: 10, minutes: 15 },
  /** This person from this network address. Below `account`, so that one address does not use up what others have. */
  pair: { tries: 5, minutes: 15 },
  /** This person from all browsers that they have not signed in with before: bounds guessing from many addresses. */
  account: { tries: 20, minutes: 15 },
  /** Anybody from this network address: a whole force may sit behind one. */
  address: { tries: 100, minutes: 15 },
} as const

export type TryLimit = keyof typeof tryLimits

/** Longest time for which a wrong try is remembered, in minutes. */
export const rememberedMinutes = Math.max(...Object.values(tryLimits).map(limit => limit.minutes))

/** Wrong codes after which a sign-in under way starts again from the password. */
export const codeTries = 5

/** A try, as it is counted: what was typed stands for the person, whether or not there is an account. */
export type Try = {
  readonly person: string
  readonly address: string
  /** The browser's own word, when it belongs to this person. */
  readonly device: string | undefined
}

/** What a try is counted for, with the limit of each. */
export const bucketsOf = ({
  person,
  address,
  device,
}: Try): { readonly name: string; readonly limit: TryLimit }[] =>
  device === undefined
    ? [
        { name: `pair ${address} ${person}`, limit: 'pair' },
        { name: `account ${person}`, limit: 'account' },
        { name: `address ${address}`, limit: 'address' },
      ]
    : [{ name: `device ${device} ${person}`, limit: 'device' }]
