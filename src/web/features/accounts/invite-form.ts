import { z } from 'zod'
import { isRole, type Role } from '../../../access/roles.ts'

const many = z
  .union([z.string(), z.array(z.string()).max(20)])
  .catch([])
  .transform(value => (Array.isArray(value) ? value : [value]))

/** What an administrator typed to invite a person. */
export const inviteForm = z.object({
  name: z.string().trim().max(200).catch(''),
  email: z.string().trim().max(254).catch(''),
  number: z.string().trim().max(60).catch(''),
  not_staff: z.literal('yes').optional().catch(undefined),
  roles: many,
})

export type InviteTyped = z.infer<typeof inviteForm>

/** The roles of a form; words that are none are left out. */
export const rolesOf = (words: readonly string[]): Role[] => [...new Set(words)].filter(isRole)

/** The one field of the form that changes roles. */
export const rolesForm = z.object({ roles: many })
