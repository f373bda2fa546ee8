import { join } from 'node:path'
import { projectRoot } from '../core/project-root.ts'

const package_ = join(projectRoot, 'node_modules/@expo-google-fonts/source-sans-3')

/** Source Sans 3 (SIL Open Font License 1.1): what is used of it goes into the file, so that it prints alike everywhere. */
export const paperFonts = {
  plain: join(package_, '400Regular/SourceSans3_400Regular.ttf'),
  strong: join(package_, '600SemiBold/SourceSans3_600SemiBold.ttf'),
} as const

/** Text in letters that the font has (Latin, Greek, Cyrillic): the rest shows as a question mark, never as another letter. */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u2000-\u200b\u202f]/g, ' ')
    .replaceAll(/[✓✗]/g, '')
    .replaceAll(
      /[^\n\u0020-\u007e\u00a0-\u017f\u0192\u0218-\u021b\u0386-\u03ce\u0400-\u045f€‘’‚“”„†‡•…‰‹›–—−™→≥≤]/gu,
      '?',
    )
