import { can, type User } from '../access/user.ts'
import type { Page } from './define-pages.ts'

/** Whether a person may open a page. */
export const mayOpen = (user: User | undefined, page: Pick<Page, 'permission'>): boolean => {
  if (page.permission === 'anyone') return true
  if (user === undefined) return false
  return page.permission === 'signed-in' || can(user, page.permission)
}
