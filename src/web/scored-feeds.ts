import type { Lane } from '../detection/pair-record.ts'

/** The eight feeds whose absence blinds a score, the lane each one fills, and what they are called on a page. */
export const scoredFeeds = [
  { feed: 'billing', name: 'Phone billing', lane: 'contact' },
  { feed: 'messages', name: 'Messages', lane: 'contact' },
  { feed: 'positions', name: 'Vehicle and radio positions', lane: 'stay' },
  { feed: 'system_access', name: 'System look-ups', lane: 'look-up' },
  { feed: 'duties', name: 'Duty rosters', lane: 'duty' },
  { feed: 'attendances', name: 'Attendances', lane: 'attendance' },
  { feed: 'allocations', name: 'Case allocations', lane: 'case' },
  { feed: 'contact_log', name: 'Contact log', lane: 'attendance' },
] as const satisfies readonly { feed: string; name: string; lane: Lane }[]
