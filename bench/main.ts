import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dayOf, systemClock } from '../src/core/clock.ts'
import { projectRoot } from '../src/core/project-root.ts'
import { benchForce, type ForceSize } from './force.ts'
import { benchLog, logText } from './log.ts'
import { benchLexicon, lexiconMessages, type LexiconFigure } from './lexicon.ts'
import { performancePage } from './report.ts'
import { benchStays, staySizes, type StayFigure } from './stays.ts'

const help = `npm run bench -- [options]: speed and memory of the main job on this machine, in about five minutes.
  --sizes 100,200,400   staff of the simulated forces
  --days 60             their days
  --big                 also 1,500 staff × 180 days (long: tens of minutes, and 20 GB of disk)
  --copies 12           copies of the largest force's staff, for rates that rest on many rows
  --no-lexicon          leave out the lexicon over two million messages
  --no-stays            leave out the comparison of stays with other engines
  --write               write docs/reference/performance.md`

/** Progress goes to standard error, so that the page on standard output stays clean. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`"${text}" is not a whole number.\n${help}`)
  return value
}

const { values } = parseArgs({
  allowNegative: true,
  options: {
    help: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '100,200,400' },
    days: { type: 'string', default: '60' },
    copies: { type: 'string', default: '12' },
    big: { type: 'boolean', default: false },
    lexicon: { type: 'boolean', default: true },
    stays: { type: 'boolean', default: true },
    write: { type: 'boolean', default: false },
  },
})

const measure = async (): Promise<void> => {
  const copies = wholeNumber(values.copies)
  const days = wholeNumber(values.days)
  const sizes: ForceSize[] = values.sizes.split(',').map(staff => ({ staff: wholeNumber(staff), days }))
  if (values.big) sizes.push({ staff: 1500, days: 180 })
  const forces = sizes.map((size, place) => benchForce(size, place === sizes.length - 1 ? copies : 1, say))
  const stays: StayFigure[] = []
  if (values.stays) {
    say('Stays beside other engines')
    for (const rows of staySizes) stays.push(...(await benchStays(rows)))
  }
  let lexicon: LexiconFigure | undefined
  if (values.lexicon) {
    say('The lexicon')
    lexicon = benchLexicon(lexiconMessages)
  }
  say('The log')
  const log = logText(await benchLog())
  const page = `${performancePage(forces, copies, stays, lexicon, dayOf(systemClock.now()))}\n${log}\n${pageTimes()}\n${atSize()}`
  process.stdout.write(page)
  if (values.write) writeFileSync(join(projectRoot, 'docs', 'reference', 'performance.md'), page)
}

/** What `tests/load/page-times.ts` showed: it takes a data folder of its own, and is copied in as it was written down. */
const pageTimes = (): string => readFileSync(join(projectRoot, 'bench', 'page-times.md'), 'utf8')

/** What `bench/at-size.ts` showed on a lake of its own. */
const atSize = (): string => readFileSync(join(projectRoot, 'bench', 'at-size.md'), 'utf8')

if (values.help) process.stdout.write(`${help}\n`)
else await measure()
