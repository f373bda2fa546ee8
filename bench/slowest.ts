import type { Lake } from '../src/lake/lake.ts'
import type { TimedStatement } from './timed-lake.ts'

/** One of the slowest statements of detection, with what the lake does to answer it. */
export type SlowStatement = {
  readonly made: string
  readonly seconds: number
  /** The first words of the statement, which tell it from others that fill the same table. */
  readonly begins: string
  /** The lake's plan, a line a step, indented; steps that only rename or filter are left out. */
  readonly plan: readonly string[]
}

/** How many are shown. */
const shown = 5

/** Lines of a plan beyond which the rest is left out. */
const longestPlan = 24

/** The slowest statements, longest first, each with its plan as the lake gives it for the parameters it ran with. */
export const slowestOf = async (
  lake: Lake,
  statements: readonly TimedStatement[],
): Promise<SlowStatement[]> => {
  const longest = statements.toSorted((a, b) => b.seconds - a.seconds).slice(0, shown)
  const slow: SlowStatement[] = []
  for (const { made, seconds, sql, params } of longest) {
    const query = sql.replace(/^\s*insert into upstander\.\w+\s*(?:\([^)]*\))?/, '')
    const lines = await lake.rows<{ explain: string }>(`explain plan ${query}`, params)
    slow.push({ made, seconds, begins: beginningOf(query), plan: planOf(lines.map(line => line.explain)) })
  }
  return slow
}

const beginningOf = (query: string): string => {
  const comment = /^\s*--\s*(.+)$/m.exec(query)?.[1]
  return (comment ?? query.trim().split('\n')[0] ?? '').trim().slice(0, 110)
}

/** Steps that move rows, with what they read; the rest only renames columns, filters or says how. */
const step =
  /^[^A-Za-z]*(ReadFrom\w*(?: \(upstander\.\w+\))?|Join|Aggregating|Window|Sorting|Distinct|LimitBy|Union|ArrayJoin)(?: \(.*)?$/

const planOf = (lines: readonly string[]): string[] => {
  const kept = lines.flatMap(line => {
    const what = step.exec(line)?.[1]
    return what === undefined ? [] : [`${' '.repeat(line.search(/[A-Za-z]/) / 2)}${what}`]
  })
  return kept.length <= longestPlan
    ? kept
    : [...kept.slice(0, longestPlan), `… and ${kept.length - longestPlan} steps more`]
}

/** Why each statement takes its time: what it has to look at, and what keeps it from less. */
const reasons: Readonly<Record<string, string>> = {
  stays:
    'Reads every fix of every unit once and looks at each beside its neighbours: the largest feed by far, and no index can leave any out.',
  rests:
    'Sorts the fixes of a unit by time and folds them into stretches; arrays of a whole track are held at once.',
  message_hits:
    'Holds every message against every pattern in one pass, after making the patterns ready (a fixed cost, whatever the number of messages).',
  purposes:
    'Joins every contact, stay and look-up to every reason between the two: the rows multiply where somebody has many reasons.',
  contacts:
    'Joins each record of the bill to who held the device and who had the number at that moment: four joins by time.',
  lookups:
    'Resolves each access through person, address, number, incident and investigation: five joins, then one answer.',
  address_stays:
    'Holds every stay against the addresses in nine squares about it: the rows multiply before the distance leaves most of them out.',
  crew_stays: 'Gives each stay to everybody crewed on the unit, joined by overlap in time.',
  peer_norms: 'Medians of every post, pattern and block, which need all values at once.',
  staff_norms: 'A row for each member of staff, block and measure, whoever is asked about later.',
  scores:
    'Puts the families of every pair together on every day on which something changed, with the credits that held that day.',
  score_family_days: 'Works out what each finding still weighs on every later day of its pair.',
  pair_days: 'Sums every contact by pair and day.',
  duty_states: 'Sweeps over every start and end of duty, overtime, recall and absence in order of time.',
  look_up_days: 'Counts every look-up by member of staff and day.',
  unexplained_events: 'Joins what no record explains to how matters stood between the two at that moment.',
  untasked_stays: 'Leaves out, of all stays, those beside the home of anybody its crew had met.',
}

/** The section of the page: what, how long, why, and the plan. */
export const slowestText = (slow: readonly SlowStatement[]): string =>
  slow
    .map(
      ({ made, seconds, begins, plan }, at) => `### ${at + 1}. \`${made}\`, ${seconds.toFixed(2)} s

It begins: ${begins}

${reasons[made] ?? 'It reads its facts whole: a finding may rest on anything since the records began, so that no part of them can be left out.'}

\`\`\`text
${plan.join('\n')}
\`\`\`
`,
    )
    .join('\n')
