import { join } from 'node:path'
import { z } from 'zod'
import { contentDir, readContent } from '../../core/read-content.ts'
import { code, list, page, type ReferencePage } from './markdown.ts'

const shape = z.array(
  z.strictObject({
    id: z.string().regex(/^[A-Z]{3}-\d{2}$/),
    attack: z.string().min(1),
    result: z.string().min(1),
    tests: z.array(z.strictObject({ file: z.string().min(1), name: z.string().min(1) })).min(1),
    /** What is not held against. */
    open: z.string().optional(),
  }),
)

/** Attacks that were tried, what happens, and the tests that try them again. */
export const readSecurityTests = () => readContent(join(contentDir, 'security-tests.yaml'), shape)

/** Every attack that was tried on the product. */
export const securityTestsPage: ReferencePage = {
  file: 'security-tests.md',
  write: () =>
    page('Attacks that were tried', [
      'Each is a test that runs at every `npm test`, on both casework stores where it touches one. What is not held against is said beside it.',
      ...readSecurityTests().flatMap(({ id, attack, result, tests, open }) => [
        `## ${id}`,
        `**Attack.** ${attack}`,
        `**What happens.** ${result}`,
        ...(open === undefined ? [] : [`**Not held against.** ${open}`]),
        list(tests.map(test => `${code(test.file)}: ${test.name}`)),
      ]),
    ]),
}
