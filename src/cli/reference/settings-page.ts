import { settingsReference } from '../../core/settings.ts'
import { code, page, table, type ReferencePage } from './markdown.ts'

/** Every setting of the environment. */
export const settingsPage: ReferencePage = {
  file: 'settings.md',
  write: () =>
    page('Settings', [
      'Read from the environment at every start. All faults are listed at once, and nothing starts until they are mended. An empty value means unset. `npx upstander doctor` prints the settings in force, with passwords masked.',
      table(
        ['setting', 'when unset', 'meaning'],
        settingsReference.map(({ name, unset, meaning }) => [
          code(name),
          unset === undefined ? 'none' : code(unset),
          meaning,
        ]),
      ),
    ]),
}
