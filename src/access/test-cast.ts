import { randomBytes, randomUUID } from 'node:crypto'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { replaceRoles } from './accounts-store.ts'
import type { Role } from './roles.ts'
import { insertStaffLinks, type StaffLink } from './staff-link-store.ts'
import type { User } from './user.ts'

/** Who plays in the tests of access: their role, and what they are to the subject, who is `SUBJECT` in the staff records. */
const cast = {
  subject: { role: 'analyst', staffId: 'SUBJECT' },
  supervisor: { role: 'investigator', staffId: 'SERGEANT' },
  chief: { role: 'head_of_unit', staffId: 'CHIEF' },
  reports: { role: 'analyst', staffId: 'PROBATIONER' },
  colleague: { role: 'investigator', staffId: 'COLLEAGUE' },
  partner: { role: 'analyst', staffId: 'PARTNER' },
  ex: { role: 'investigator', staffId: 'EX' },
  analyst: { role: 'analyst', staffId: 'STRANGER-1' },
  investigator: { role: 'investigator', staffId: 'STRANGER-2' },
  head: { role: 'head_of_unit', staffId: null },
  handler: { role: 'case_handler', staffId: null },
  survivor_engagement: { role: 'survivor_engagement', staffId: null },
  prevent: { role: 'prevent', staffId: null },
  auditor: { role: 'auditor', staffId: null },
  data_protection: { role: 'data_protection', staffId: null },
  administrator: { role: 'system_administrator', staffId: null },
} as const satisfies Record<string, { readonly role: Role; readonly staffId: string | null }>

export type CastName = keyof typeof cast
export const castNames = Object.keys(cast) as readonly CastName[]

/** Whom everything about `SUBJECT` and `SURVIVOR` is kept from, by being close to one of them. */
export const related: readonly CastName[] = [
  'subject',
  'supervisor',
  'chief',
  'reports',
  'colleague',
  'partner',
  'ex',
]

/** Who reads concerns, were it not for that. */
export const readers: readonly CastName[] = [...related, 'analyst', 'investigator', 'head']

const link = (kind: StaffLink['kind'], staffId: string, to: Partial<StaffLink>): StaffLink => ({
  kind,
  staffId,
  otherStaffId: '',
  personId: '',
  source: 'test',
  ...to,
})

/** The subject's line, a colleague, a partner whom the subject declared as a member of the public, and somebody's ex: the survivor. */
const castLinks: readonly StaffLink[] = [
  link('supervises', 'SERGEANT', { otherStaffId: 'SUBJECT' }),
  link('supervises', 'CHIEF', { otherStaffId: 'SERGEANT' }),
  link('supervises', 'SUBJECT', { otherStaffId: 'PROBATIONER' }),
  link('colleague', 'COLLEAGUE', { otherStaffId: 'SUBJECT' }),
  link('partner', 'SUBJECT', { personId: 'PERSON-OF-PARTNER' }),
  link('self', 'PARTNER', { personId: 'PERSON-OF-PARTNER' }),
  link('partner', 'EX', { personId: 'SURVIVOR' }),
  link('supervises', 'CHIEF', { otherStaffId: 'OTHER-SERGEANT' }),
]

/** Somebody of the cast, with the token of a session of theirs. */
export type CastMember = User & { readonly token: string }
export type Cast = Readonly<Record<CastName, CastMember>>

/** Puts the cast into a store, with an open session each. Tests only. */
export const addCast = async (store: Pick<CaseworkStore, 'db'>): Promise<Cast> => {
  const at = new Date()
  await insertStaffLinks(store.db, castLinks, at)
  const made: Partial<Record<CastName, CastMember>> = {}
  for (const name of castNames) {
    const { role, staffId } = cast[name]
    const id = randomUUID()
    const user = { id, name: `The ${name.replaceAll('_', ' ')}`, email: `${id}@example.uk` }
    const stamps = { created_at: at, updated_at: at }
    await store.db
      .insertInto('users')
      .values({ ...user, ...stamps, email_verified: true, image: null, staff_id: staffId })
      .execute()
    await replaceRoles(store.db, id, [role], 'set-up', at)
    const token = randomBytes(24).toString('base64url')
    await store.db
      .insertInto('sessions')
      .values({
        id: randomUUID(),
        user_id: id,
        token,
        expires_at: new Date(at.getTime() + 43_200_000),
        method: 'passkey',
        second_step: true,
        opened_at: at,
        seen_at: at,
        proved_at: at,
        ...stamps,
      })
      .execute()
    made[name] = { ...user, roles: [role], token }
  }
  return made as Cast
}
