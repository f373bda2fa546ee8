/** Where a concern is in its review. Everything but `closed` is open. */
export const statuses = {
  noted: 'At watch: nothing to decide yet',
  to_review: 'Waits for a decision',
  watching: 'Kept under watch until a date',
  developing: 'Being developed',
  closed: 'Closed',
} as const satisfies Record<string, string>

export type Status = keyof typeof statuses
