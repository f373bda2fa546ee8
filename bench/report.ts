import { cpus, loadavg, totalmem } from 'node:os'
import type { ForceFigures } from './force.ts'
import type { LexiconFigure } from './lexicon.ts'
import { familyTable } from './families.ts'
import { slowestText } from './slowest.ts'
import { stayLines, type StayFigure } from './stays.ts'
import type { StepFigure } from './steps.ts'

type Row = readonly string[]

const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map((_, place) => (place === 0 ? '---' : '--:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n')

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} s`
const megabytes = (value: number): string => `${value.toFixed(0)} MB`

/** `1.23 M/s`, or `45 k/s` where small. */
const rate = (rows: number, took: number): string => {
  const each = rows / Math.max(took, 0.001)
  return each >= 1e6 ? `${(each / 1e6).toFixed(2)} M/s` : `${(each / 1e3).toFixed(0)} k/s`
}

const filled = (figure: StepFigure, ...tables: string[]): number =>
  tables.reduce((sum, name) => sum + (figure.tables[name] ?? 0), 0)

const of = (figure: StepFigure, ...names: string[]): number =>
  names.reduce((sum, name) => sum + (figure.rows[name] ?? 0), 0)

type Line = {
  readonly name: string
  readonly seconds: (force: ForceFigures) => number
  readonly rows?: (force: ForceFigures) => number
  /** The step, where the line is the whole of one: for its processor seconds and its memory. */
  readonly step?: (force: ForceFigures) => StepFigure
}

const lines: readonly Line[] = [
  { name: 'simulate', seconds: f => f.simulate.seconds, rows: f => f.rows, step: f => f.simulate },
  {
    name: 'intake of positions',
    seconds: f => f.positions.seconds,
    rows: f => of(f.positions, 'rows'),
    step: f => f.positions,
  },
  {
    name: 'intake of all 40 feeds',
    seconds: f => f.intake.seconds,
    rows: f => of(f.intake, 'rows'),
    step: f => f.intake,
  },
  {
    name: 'stays, from positions',
    seconds: f => filled(f.detect, 'rests', 'stays'),
    rows: f => of(f.detect, 'positions'),
  },
  {
    name: 'stays beside an address, from stays',
    seconds: f => filled(f.detect, 'crew_stays', 'linked_addresses', 'address_stays'),
    rows: f => of(f.detect, 'stays'),
  },
  {
    name: 'contacts and pair days, from billing and messages',
    seconds: f => filled(f.detect, 'contacts', 'pair_days', 'busy_numbers'),
    rows: f => of(f.detect, 'billing', 'messages'),
  },
  {
    name: 'lexicon, from messages',
    seconds: f => filled(f.detect, 'message_hits'),
    rows: f => of(f.detect, 'messages'),
  },
  {
    name: 'look-ups, from accesses',
    seconds: f => filled(f.detect, 'lookups'),
    rows: f => of(f.detect, 'system_access'),
  },
  { name: 'purposes', seconds: f => filled(f.detect, 'purposes'), rows: f => of(f.detect, 'purposes') },
  {
    name: 'credits and indicators',
    seconds: f => filled(f.detect, 'credits', 'findings_next', 'shadow_findings'),
  },
  {
    name: 'score',
    seconds: f =>
      filled(f.detect, 'credit_voids', 'score_weights', 'score_days', 'score_family_days', 'scores'),
  },
  {
    name: 'detect, everything anew',
    seconds: f => f.detect.seconds,
    rows: f => f.rows,
    step: f => f.detect,
  },
  {
    name: 'nightly: take in the last day, detect',
    seconds: f => f.nightly.seconds,
    step: f => f.nightly,
  },
  { name: 'replay, facts in place', seconds: f => f.replay.seconds, step: f => f.replay },
]

const forceTable = (forces: readonly ForceFigures[]): string => {
  const [small, large] = [forces[0], forces.at(-1)]
  return table(
    [
      '',
      ...forces.map(f => `${f.staff} staff, ${f.days} days, ${(f.rows / 1e6).toFixed(1)} M rows`),
      'growth',
    ],
    lines.map(line => [
      line.name,
      ...forces.map(f =>
        [
          seconds(line.seconds(f)),
          ...(line.rows ? [rate(line.rows(f), line.seconds(f))] : []),
          ...(line.step
            ? [`${line.step(f).cpuSeconds.toFixed(0)} s of processor`, megabytes(line.step(f).peakMb)]
            : []),
        ].join(', '),
      ),
      small && large && small !== large
        ? `${(line.seconds(large) / line.seconds(small)).toFixed(1)} × the time`
        : '',
    ]),
  )
}

const volumeTable = (force: ForceFigures, copies: number): string => {
  const { volume } = force
  if (volume === undefined) return ''
  const contacts = of(volume, 'billing', 'messages')
  const toIndicators = filled(volume, 'contacts', 'pair_days', 'findings_next')
  return `## The same days, ${copies} times the staff

The largest force with ${copies} copies of its staff, telephones, people, bills, messages and accesses, as rates rest on many rows: peak ${megabytes(volume.peakMb)}.

${table(
  ['', 'rows', 'time', 'rate'],
  [
    ['contacts and pair days', contacts, filled(volume, 'contacts', 'pair_days')] as const,
    ['contacts, pair days and the contact indicators', contacts, toIndicators] as const,
    ['lexicon, its compilation included', of(volume, 'messages'), filled(volume, 'message_hits')] as const,
    ['look-ups', of(volume, 'system_access'), filled(volume, 'lookups')] as const,
  ].map(([name, rows, took]) => [name, rows.toLocaleString('en-GB'), seconds(took), rate(rows, took)]),
)}
`
}

type Target = {
  readonly what: string
  readonly target: string
  readonly got: string
  readonly met: boolean | undefined
}

const targets = (
  forces: readonly ForceFigures[],
  stays: readonly StayFigure[],
  lexicon: LexiconFigure | undefined,
): Target[] => {
  const large = forces.at(-1)
  const [small] = forces
  if (large === undefined || small === undefined) return []
  const least = (what: string, rows: number, took: number, atLeast: number): Target => ({
    what,
    target: `at least ${atLeast / 1e6} M/s`,
    got: rate(rows, took),
    met: rows / took >= atLeast,
  })
  const ours = stays.filter(each => each.engine === 'upstander').at(-1)
  const grown = large.rows / small.rows
  const slower = large.detect.cpuSeconds / small.detect.cpuSeconds
  const allowed = 2.1 ** Math.log2(grown)
  const { volume } = large
  return [
    ...(ours === undefined ? [] : [least('stays, made-up fixes', ours.rows, ours.seconds, 5e6)]),
    least('stays, in detection', of(large.detect, 'positions'), filled(large.detect, 'rests', 'stays'), 5e6),
    ...(volume === undefined
      ? []
      : [
          least(
            'bills to pair facts and contact indicators',
            of(volume, 'billing', 'messages'),
            filled(volume, 'contacts', 'pair_days', 'findings_next'),
            1e6,
          ),
        ]),
    ...(lexicon === undefined
      ? []
      : [least('lexicon over messages', lexicon.messages, lexicon.seconds, 1e6)]),
    least('intake of positions, from CSV', of(large.positions, 'rows'), large.positions.seconds, 1e6),
    {
      what: `nightly increment on ${large.staff} staff × ${large.days} days (the target is for 6,000 staff × 18 months)`,
      target: 'at most 60 s',
      got: seconds(large.nightly.seconds),
      met: large.nightly.seconds <= 60 ? undefined : false,
    },
    {
      what: `full detection on ${large.staff} staff × ${large.days} days (the target is for 6,000 staff × 18 months)`,
      target: 'at most 15 min and 6 GB',
      got: `${seconds(large.detect.seconds)}, ${megabytes(large.detect.peakMb)}`,
      met: undefined,
    },
    ...(forces.length < 2
      ? []
      : [
          {
            what: `growth of detection, ${grown.toFixed(1)} × the rows`,
            target: `at most ${allowed.toFixed(1)} × the processor time (2.1 a doubling)`,
            got: `${slower.toFixed(1)} × the processor time, ${(large.detect.peakMb / small.detect.peakMb).toFixed(1)} × the memory`,
            met: slower <= allowed,
          },
        ]),
  ]
}

const lexiconText = ({
  messages,
  seconds: took,
  cpuSeconds,
  onceCpuSeconds,
  peakMb,
  hits,
}: LexiconFigure): string =>
  `## The lexicon

${(messages / 1e6).toFixed(0)} million made-up messages, 3 % of them with words it finds: ${seconds(took)}, ${rate(messages, took)}, ${seconds(cpuSeconds)} of processor
(${seconds(onceCpuSeconds)} of them to make it ready, whatever the number of messages), ${megabytes(peakMb)}, ${hits.toLocaleString('en-GB')} finds.
`

/** The page of figures: machine, targets beside what was measured, then every step. */
export const performancePage = (
  forces: readonly ForceFigures[],
  copies: number,
  stays: readonly StayFigure[],
  lexicon: LexiconFigure | undefined,
  day: string,
): string => {
  const rows = targets(forces, stays, lexicon)
  const short = rows.filter(each => each.met === false)
  const last = forces.at(-1)
  return `# Performance

Written by \`npm run bench -- --write\` on ${day}: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${(totalmem() / 1e9).toFixed(0)} GB of memory,
load average ${loadavg()[1]?.toFixed(1) ?? '?'} over the last five minutes of the run (the bench itself makes about ${cpus().length}; more means that the machine had other work).

## Targets

${table(
  ['', 'target', 'measured', 'result'],
  rows.map(({ what, target, got, met }) => [
    what,
    target,
    got,
    met === undefined ? 'not measured at that size' : met ? 'met' : '**falls short**',
  ]),
)}

${short.length === 0 ? 'Nothing measured here falls short.' : `What falls short: ${short.map(each => each.what).join('; ')}.`}

## Steps of the main job

Simulated forces; each step in a process of its own, with its peak memory. Small forces pay fixed costs: the lexicon takes about
${lexicon === undefined ? 'half a second' : seconds(lexicon.onceCpuSeconds)} to make ready once a process, and a statement takes some hundredths of a second however little it reads.

${forceTable(forces)}

## Indicators by family

Seconds in detection of everything anew. Every family reads facts that are there already: what these cost stands above.

${familyTable(forces)}

${
  last === undefined
    ? ''
    : `## The slowest five statements of detection

On the largest force, with the plan the lake makes of each. Steps that only rename or filter are left out.

${slowestText(last.detect.slowest)}`
}
${last === undefined ? '' : volumeTable(last, copies)}
${lexicon === undefined ? '' : lexiconText(lexicon)}
${
  stays.length === 0
    ? ''
    : `## Stays beside other engines

The same rows in the same run; the last figure but two is how many times as long as ours. The plain rule in the other engines knows nothing of gaps,
ignition or sparse fixes; ours does, and pays for it.

\`\`\`text
${stayLines(stays).join('\n')}
\`\`\`
`
}`
}
