/** Everything that is written to the log, with what it means to the person who reads the log. */
export const auditEvents = {
  'signed-in': 'Signed in',
  'sign-in-refused': 'Tried to sign in and was refused',
  'signed-out': 'Signed out',
  'overview-read': 'Read the overview',
  'queue-read': 'Read the review queue',
  'concern-read': 'Opened a concern',
  'concern-records-read': 'Read the records behind a concern',
  'concern-decided': 'Recorded a disposition',
  'concern-decision-undone': 'Took back a disposition',
  'concern-recused': 'Was taken off a concern for knowing somebody in it',
  'unmask-asked': 'Asked to know who a concern is about',
  'unmask-granted': 'Was shown, or let another be shown, who a concern is about',
  'concerns-raised': 'Detection raised concerns',
  'concerns-exported': 'Exported concerns',
  'rejects-read': 'Read rejected records',
  'rejects-exported': 'Exported rejected records',
  'catalogue-read': 'Read the catalogue of indicators',
  'account-read': 'Read their own account',
  'account-made': 'Made an account',
  'roles-changed': 'Changed the roles of an account',
  'log-read': 'Read the log',
  'log-verified': 'Checked the log for changes',
} as const satisfies Record<string, string>

export type AuditEvent = keyof typeof auditEvents
