import { permissionNames, permissions } from '../../access/permissions.ts'
import { roleNames, roles, readsPoliceData } from '../../access/roles.ts'
import { auditEvents } from '../../audit/audit-events.ts'
import type { Page } from '../../web/define-pages.ts'
import { allPages } from '../../web/page-list.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

const eventOf = ({ audit }: Page): string =>
  typeof audit === 'string' ? audit : `${audit.byUseCase} (written with the change)`

/** Who may do what, which pages there are, and what the log says of each visit. */
export const accessPage: ReferencePage = {
  file: 'permissions-and-events.md',
  write: () =>
    page('Permissions, pages and audit events', [
      '## Roles and permissions',
      table(
        ['permission', 'lets its holder', 'police data', 'roles'],
        permissionNames.map(name => [
          code(name),
          permissions[name].means,
          permissions[name].policeData ? 'yes' : 'no',
          roleNames
            .filter(role => (roles[role].permissions as readonly string[]).includes(name))
            .map(role => roles[role].label)
            .join(', '),
        ]),
      ),
      `Roles that read no police data: ${roleNames
        .filter(role => !readsPoliceData(role))
        .map(role => roles[role].label.toLowerCase())
        .join(', ')}.`,
      '## Pages',
      'Every page names who may open it and what the log says of the visit; leaving either out does not compile.',
      table(
        ['page', 'permission', 'audit event', 'purpose in the log'],
        allPages.map(each => [
          code(`${each.method} ${each.path}`),
          each.permission,
          eventOf(each),
          each.purpose,
        ]),
      ),
      '## Audit events',
      table(
        ['event', 'meaning'],
        Object.entries(auditEvents).map(([name, meaning]) => [code(name), meaning]),
      ),
    ]),
}
