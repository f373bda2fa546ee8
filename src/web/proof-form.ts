import { z } from 'zod'

const typed = z.object({
  proof_passkey: z.string().max(20_000).catch(''),
  proof_code: z.string().trim().max(40).catch(''),
  proof_password: z.string().max(256).catch(''),
})

/** What a person gave to show who they are; empty where they gave nothing. */
export const readProof = (form: Readonly<Record<string, unknown>>) => {
  const { proof_passkey: passkey, proof_code: code, proof_password: password } = typed.parse(form)
  return { passkey, code, password }
}

/** A form without what proves who sent it, and without the token that is made anew for every page. */
export const withoutProof = (form: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(form).filter(([name]) => name !== '_csrf' && !Object.hasOwn(typed.shape, name)),
  )
