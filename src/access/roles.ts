import { permissions, type Permission } from './permissions.ts'

type RoleMeaning = { readonly label: string; readonly permissions: readonly Permission[] }

/** Which role may do what. The system administrator runs the product and reads no police data; a test holds it to that. */
export const roles = {
  analyst: {
    label: 'Analyst',
    permissions: [
      'read-overview',
      'read-queue',
      'read-concern',
      'open-words',
      'ask-authorisation',
      'read-authorisations',
      'decide-concern',
      'ask-unmask',
      'read-look-ups',
      'read-feeds',
      'read-break-glass',
      'ask-break-glass',
      'read-rejects',
      'read-catalogue',
    ],
  },
  investigator: {
    label: 'Investigator',
    permissions: [
      'read-overview',
      'read-queue',
      'read-concern',
      'open-words',
      'audit-person',
      'ask-authorisation',
      'read-authorisations',
      'decide-concern',
      'run-sweep',
      'watch-tip-off',
      'manage-conflicts',
      'ask-unmask',
      'grant-unmask',
      'read-look-ups',
      'read-feeds',
      'read-break-glass',
      'ask-break-glass',
      'approve-break-glass',
      'read-rejects',
      'read-catalogue',
      'agree-tuning',
    ],
  },
  head_of_unit: {
    label: 'Head of unit',
    permissions: [
      'read-overview',
      'read-queue',
      'read-concern',
      'open-words',
      'audit-person',
      'ask-authorisation',
      'approve-authorisation',
      'read-authorisations',
      'decide-concern',
      'run-sweep',
      'watch-tip-off',
      'manage-conflicts',
      'ask-unmask',
      'grant-unmask',
      'read-look-ups',
      'read-feeds',
      'read-break-glass',
      'ask-break-glass',
      'approve-break-glass',
      'read-rejects',
      'confirm-roles',
      'read-catalogue',
      'tune-indicators',
      'agree-tuning',
      'manage-exceptions',
      'manage-retention',
    ],
  },
  case_handler: {
    label: 'Case handler',
    permissions: ['read-overview', 'read-break-glass', 'ask-break-glass', 'read-catalogue'],
  },
  survivor_engagement: {
    label: 'Survivor engagement manager',
    permissions: ['read-overview', 'read-break-glass', 'ask-break-glass', 'read-catalogue'],
  },
  prevent: {
    label: 'Prevent officer',
    permissions: ['read-overview', 'read-break-glass', 'ask-break-glass', 'read-catalogue'],
  },
  auditor: {
    label: 'Auditor',
    permissions: [
      'read-overview',
      'read-catalogue',
      'read-feeds',
      'read-authorisations',
      'read-break-glass',
      'review-break-glass',
      'read-audit',
      'watch-unit',
    ],
  },
  data_protection: {
    label: 'Data protection officer',
    permissions: [
      'read-overview',
      'read-catalogue',
      'read-feeds',
      'confirm-feeds',
      'read-rejects',
      'read-authorisations',
      'read-break-glass',
      'review-break-glass',
      'read-audit',
      'watch-unit',
      'manage-retention',
    ],
  },
  system_administrator: {
    label: 'System administrator',
    permissions: ['read-overview', 'read-catalogue', 'read-feeds', 'manage-accounts', 'manage-system'],
  },
} as const satisfies Record<string, RoleMeaning>

export type Role = keyof typeof roles

/** Every role, in the order of the list above. */
export const roleNames = Object.keys(roles) as readonly Role[]

/** Whether a word is a role. */
export const isRole = (word: string): word is Role => Object.hasOwn(roles, word)

/** Whether a role lets its holder see records about people. */
export const readsPoliceData = (role: Role): boolean =>
  roles[role].permissions.some(permission => permissions[permission].policeData)

/** Roles of those whose work the auditor checks: nobody marks their own. */
const checkedByAuditor: readonly Role[] = [
  'analyst',
  'investigator',
  'head_of_unit',
  'case_handler',
  'survivor_engagement',
]

/** Why one person may not hold these roles together, as a sentence; undefined when they may. */
export const roleClash = (held: readonly Role[]): string | undefined => {
  if (held.includes('system_administrator') && held.some(readsPoliceData))
    return 'A system administrator reads no police data: give the other roles to another account.'
  if (held.includes('auditor') && held.some(role => checkedByAuditor.includes(role)))
    return 'An auditor cannot check their own work: give the other roles to another account.'
  return undefined
}
