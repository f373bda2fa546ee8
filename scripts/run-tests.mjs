// `node scripts/run-tests.mjs CONCURRENCY FILE…`: runs test files in processes of their own, those that take longest first. `node --test`
// sorts its files by name, so that the longest would begin last and run alone.
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** Files that take longest, as measured on two cores; the rest may come in any order. */
const longest = [
  'tests/acceptance/acceptance.test.ts',
  'src/detection/replay-properties.test.ts',
  'src/jobs/nights.db.test.ts',
  'src/detection/indicator-cases.test.ts',
  'tests/journeys/accessibility.journey.ts',
  'tests/journeys/review.journey.ts',
  'src/cli/cli.test.ts',
  'src/detection/tunings.test.ts',
  'tests/evaluation/demonstration-force.test.ts',
  'src/intake/intake-crash.test.ts',
  'src/web/web-fuzz.db.test.ts',
  'src/web/crawl.db.test.ts',
  'src/concerns/conflict-attacks.db.test.ts',
]

const [concurrency, ...files] = process.argv.slice(2)
const placeOf = file => {
  const place = longest.findIndex(name => file.endsWith(name))
  return place < 0 ? longest.length : place
}
const events = run({
  files: files.toSorted((a, b) => placeOf(a) - placeOf(b)),
  concurrency: Number(concurrency),
})
events.on('test:fail', () => {
  process.exitCode = 1
})
events.compose(spec).pipe(process.stdout)
