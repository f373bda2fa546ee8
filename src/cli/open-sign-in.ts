import { openDirectory } from '../access/directory.ts'
import { readDirectorySettings } from '../access/directory-settings.ts'
import { readKey } from '../core/keys.ts'
import { createSignIn, type SignIn } from '../access/sign-in.ts'
import { systemClock } from '../core/clock.ts'
import { paths } from '../web/paths.ts'
import { isDemonstration } from './demonstration.ts'
import type { Stores } from './with-stores.ts'

/** The address people type: browsers know this machine as `localhost`, and passkeys need a name. */
const addressOf = ({ publicUrl, host, port }: Stores['settings']): string =>
  publicUrl ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`

/**
 * Sign-in for a data folder, and the secret that it signs with. A password alone opens anything only where all records are
 * invented.
 */
export const openSignIn = async ({
  lake,
  store,
  settings,
}: Stores): Promise<{ readonly signIn: SignIn; readonly secret: string }> => {
  const secret = settings.secret ?? readKey(settings.dataDir, 'session').toString('hex')
  const secondStep = (await isDemonstration(lake, settings.dataDir)) ? 'offered' : 'required'
  const publicUrl = addressOf(settings)
  const directorySettings = readDirectorySettings(settings)
  const directory =
    directorySettings === undefined
      ? undefined
      : openDirectory(directorySettings, publicUrl, paths.signInDirectoryBack)
  const signIn = createSignIn({ store, clock: systemClock, secret, publicUrl, secondStep, directory })
  return { secret, signIn }
}
