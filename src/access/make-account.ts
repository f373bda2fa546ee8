import type { SignInContext } from './sign-in-context.ts'

export type AccountToMake = {
  readonly email: string
  readonly name: string
  /** Undefined for a person who signs in with the force's directory alone. */
  readonly password?: string
}

/** Makes an account without a role. Gives back its id. */
export const makeAccount = async (
  { library }: SignInContext,
  { email, name, password }: AccountToMake,
): Promise<string> => {
  const { internalAdapter, password: hasher } = await library.$context
  const user = await internalAdapter.createUser(
    { email: email.toLowerCase(), name, emailVerified: true },
    { method: 'email-password' },
  )
  if (password !== undefined)
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: await hasher.hash(password),
    })
  return user.id
}
