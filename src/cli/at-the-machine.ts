import { userInfo } from 'node:os'
import type { User } from '../access/user.ts'

/** Whoever sits at the machine: sees what an analyst sees, masked, and is named in the log by their login. */
export const atTheMachine = (): User => ({
  id: `machine:${userInfo().username}`,
  name: `${userInfo().username} at the machine`,
  email: '',
  roles: ['analyst'],
})
