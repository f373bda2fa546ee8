import type { AuthorisationInput } from '../../src/concerns/authorisation-form.ts'
import type { AuthorisationKind } from '../../src/concerns/authorisation-kinds.ts'
import { authorise, userOf } from '../../src/concerns/test-authorisation.ts'
import type { StaffApp } from './staff-app.ts'

/** An authorisation in force on a concern of the staff app, asked for by the investigator and granted by the head of unit. */
export const authoriseConcern = async (
  { deps, people }: StaffApp,
  concernRef: string,
  kind: AuthorisationKind,
  change: Partial<AuthorisationInput> = {},
): Promise<string> => {
  const asker = await userOf(deps.store.db, people.investigator.email)
  const approver = await userOf(deps.store.db, people.head_of_unit.email)
  return await authorise(deps, { asker, approver }, concernRef, kind, change)
}
