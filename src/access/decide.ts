import { can, type User } from './user.ts'
import type { Permission } from './permissions.ts'

/** What somebody asks to do, and all that is known of why they may or may not. */
export type Asked = {
  readonly user: User
  readonly permission: Permission
  /**
   * What the answer is about, such as one concern; undefined for a page about nobody. A thing that is not there is asked for like
   * one that is kept from the person, so that neither answer can tell which it was.
   */
  readonly item?: AskedItem | undefined
  /** Why: the purpose of the page, or what the person wrote. Blank when they gave none. */
  readonly purpose: string
}

export type AskedItem = {
  /** Whether it is there at all. */
  readonly exists: boolean
  /** Who needs to know it: everybody in the unit whose role lets them, or only those named. */
  readonly needToKnow: 'unit' | readonly string[]
  /** Whether the person is the one it is about, close to them, excluded by hand, or has taken themselves off it. */
  readonly conflict: boolean
}

/** Why somebody may not do what they ask, for the log alone. */
export type Refusal = 'role' | 'not-there' | 'need-to-know' | 'conflict' | 'purpose'

/**
 * `told` is all that the person learns: the page that is not there, or that a reason is missing. They are asked for a reason only where
 * nothing else stands in the way: otherwise the question would say that there is something to see.
 */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: readonly Refusal[]; readonly told: 'missing' | 'reason' }

/**
 * Whether somebody may do something: their role allows it, and they need to know, and they have no conflict of interest, and they
 * say why. Any one that fails refuses, whatever the others say. The casework store decides the same again, in db/migrations.
 */
export const decide = ({ user, permission, item, purpose }: Asked): Decision => {
  const because: Refusal[] = []
  if (!can(user, permission)) because.push('role')
  if (item !== undefined) {
    if (!item.exists) because.push('not-there')
    if (item.needToKnow !== 'unit' && !item.needToKnow.includes(user.id)) because.push('need-to-know')
    if (item.conflict) because.push('conflict')
  }
  if (purpose.trim() === '') because.push('purpose')
  if (because.length === 0) return { allowed: true }
  return { allowed: false, because, told: because.every(each => each === 'purpose') ? 'reason' : 'missing' }
}
