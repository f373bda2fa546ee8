import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../core/project-root.ts'
import { acceptancePage } from './acceptance-page.ts'
import { accessPage } from './access-page.ts'
import { errorsPage } from './errors-page.ts'
import { evaluationPage } from './evaluation-page.ts'
import { explanationsPage } from './explanations-page.ts'
import { factsPage } from './facts-page.ts'
import { feedsPage } from './feeds-page.ts'
import { indicatorsPage } from './indicators-page.ts'
import { languagePage } from './language-page.ts'
import type { ReferencePage } from './markdown.ts'
import { securityTestsPage } from './security-tests-page.ts'
import { warningSignsPage } from './warning-signs-page.ts'
import { settingsPage } from './settings-page.ts'
import { truthPage } from './truth-page.ts'

/** The pages that are made from the product, so that they cannot say anything else than it does. */
const referencePages: readonly ReferencePage[] = [
  settingsPage,
  errorsPage,
  accessPage,
  feedsPage,
  factsPage,
  indicatorsPage,
  explanationsPage,
  languagePage,
  warningSignsPage,
  truthPage,
  evaluationPage,
  acceptancePage,
  securityTestsPage,
]

const folder = join(projectRoot, 'docs', 'reference')

/** Names of the pages that no longer say what the product does, or are missing. */
export const driftedPages = (): string[] =>
  referencePages
    .filter(({ file, write }) => {
      const path = join(folder, file)
      return !existsSync(path) || readFileSync(path, 'utf8') !== write()
    })
    .map(({ file }) => `docs/reference/${file}`)

/** Writes every page; returns how many there are. */
export const writePages = (): number => {
  mkdirSync(folder, { recursive: true })
  for (const { file, write } of referencePages) writeFileSync(join(folder, file), write())
  return referencePages.length
}
