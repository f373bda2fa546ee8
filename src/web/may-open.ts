import { decide } from '../access/decide.ts'
import type { User } from '../access/user.ts'
import type { Page } from './define-pages.ts'

/** Whether a person may open a page. */
export const mayOpen = (user: User | undefined, page: Pick<Page, 'permission' | 'purpose'>): boolean => {
  if (page.permission === 'anyone') return true
  if (user === undefined) return false
  if (page.permission === 'signed-in') return true
  return decide({ user, permission: page.permission, purpose: page.purpose }).allowed
}
