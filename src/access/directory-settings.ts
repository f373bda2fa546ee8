import { AppError } from '../core/errors.ts'
import type { Settings } from '../core/settings.ts'
import type { DirectorySettings } from './directory.ts'
import { isRole, type Role } from './roles.ts'

/**
 * The directory's settings, checked as a whole; undefined when none is set.
 * @throws AppError SETTINGS_INVALID
 */
export const readDirectorySettings = (settings: Settings): DirectorySettings | undefined => {
  const { directoryUrl, directoryClient, directorySecret, directoryRoles } = settings
  if (directoryUrl === undefined) return undefined
  if (directoryClient === undefined || directorySecret === undefined || directoryRoles === undefined)
    throw new AppError(
      'SETTINGS_INVALID',
      'UPSTANDER_DIRECTORY_URL needs UPSTANDER_DIRECTORY_CLIENT, UPSTANDER_DIRECTORY_SECRET and UPSTANDER_DIRECTORY_ROLES beside it. Set them and start again.',
    )
  return {
    issuer: directoryUrl,
    clientId: directoryClient,
    clientSecret: directorySecret,
    roles: readGroups(directoryRoles),
  }
}

/** `group=role, group=role`: a group may stand more than once. */
const readGroups = (text: string): Record<string, Role[]> => {
  const groups: Record<string, Role[]> = {}
  for (const pair of text.split(',')) {
    const [group = '', role = ''] = pair.split('=').map(part => part.trim())
    if (group === '' || !isRole(role))
      throw new AppError(
        'SETTINGS_INVALID',
        `UPSTANDER_DIRECTORY_ROLES takes group=role, group=role. “${pair.trim()}” is not one: the roles are in docs/reference/permissions-and-events.md.`,
      )
    groups[group] = [...(groups[group] ?? []), role]
  }
  return groups
}
