import { permissionNames, permissions } from '../../../access/permissions.ts'
import { roles } from '../../../access/roles.ts'
import { can } from '../../../access/user.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'

/** A person's own account: who they are here, and what their roles let them do. */
export const accountPages = definePages([
  {
    method: 'GET',
    path: paths.account,
    permission: 'signed-in',
    audit: 'account-read',
    purpose: 'See my own account',
    handle: (_, { user }) =>
      Promise.resolve({
        show: 'account/account.njk',
        data: {
          title: 'Your account',
          roles: user.roles.map(role => roles[role].label),
          may: permissionNames.filter(name => can(user, name)).map(name => permissions[name].means),
        },
      }),
  },
])
