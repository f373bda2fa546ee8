import type { Lake } from '../../../lake/lake.ts'

/** Whether a staff number is in the staff records taken in. It tells the administrator that, and nothing else of them. */
const isStaff = async (lake: Lake, staffId: string): Promise<boolean> => {
  const [row] = await lake.rows<{ found: number }>(
    'select count() as found from upstander.staff where staff_id = {id:String}',
    { id: staffId },
  )
  return (row?.found ?? 0) > 0
}

export type StaffLink = { readonly staffId: string | null } | { readonly fault: string }

/**
 * The row of the staff records that a person is, as an administrator gave it. One who is in them must be linked: that is what
 * keeps them away from concerns about themselves and those close to them.
 */
export const readStaffLink = async (
  lake: Lake,
  typed: { readonly number: string; readonly notStaff: boolean },
): Promise<StaffLink> => {
  if (typed.number === '')
    return typed.notStaff
      ? { staffId: null }
      : { fault: 'Enter their staff number, or say that they are not in the staff records' }
  if (typed.notStaff) return { fault: 'Give a staff number, or say that they have none: not both' }
  if (await isStaff(lake, typed.number)) return { staffId: typed.number }
  return { fault: 'No member of staff has this number in the records taken in. Check it' }
}
