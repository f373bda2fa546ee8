import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { openTestLake } from './built-world.ts'
import { readIndicatorCases } from './cases.ts'
import { createFindingTables } from './finding-tables.ts'
import { findOne } from './findings.ts'
import { readIndicators, type Indicator } from './indicators.ts'
import { loadRows } from './load-world.ts'
import { expandWorld, mergeWorlds, type LakeRow } from './record-world.ts'
import { setApart } from './set-apart.ts'
import { withChanges, type ParameterValue } from './tunings.ts'

const indicators = readIndicators().filter(each => each.status !== 'retired')

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const worlds = indicators.flatMap(({ folder }) => {
    const file = readIndicatorCases(folder)
    return file.cases.map(each => mergeWorlds(file.world, each.add))
  })
  const rows = new Map<string, LakeRow[]>()
  for (const [at, world] of worlds.entries())
    for (const [feed, own] of setApart(expandWorld(world), at))
      rows.set(feed, [...(rows.get(feed) ?? []), ...own])
  await loadRows(lake, rows)
  await buildFacts({ lake, progress: silentProgress })
})
after(() => lake.close())

/** What an indicator finds in the records of all cases, as one text. */
const findings = async (indicator: Indicator): Promise<string> => {
  await createFindingTables(lake, ['draft_own_findings'], ['draft_own_findings'])
  await findOne(lake, indicator, 'draft_own_findings')
  const rows = await lake.rows<{ line: string }>(
    `select concat(staff_id, ' ', person_id, ' ', toString(found_on), ' ', toString(points), ' ', toString(count)) as line
     from upstander.draft_own_findings order by line`,
  )
  return rows.map(row => row.line).join('\n')
}

type Parameter = Indicator['parameters'][string]

/** Values far from a parameter's own, on either side. */
const farFrom = ({ type, value }: Parameter): ParameterValue[] => {
  if (type === 'String') return ['nothing']
  if (type === 'Array(String)') return [['nothing']]
  const number = Number(value)
  if (type === 'Float64') return [number * 20 + 1, number / 20]
  return [Math.ceil(number * 20) + 1, 1, 0]
}

for (const indicator of indicators)
  test(`every parameter of ${indicator.id} changes what it finds`, async () => {
    const plain = await findings(indicator)
    for (const [name, parameter] of Object.entries(indicator.parameters)) {
      const outcomes = []
      for (const value of farFrom(parameter))
        outcomes.push(
          await findings(
            withChanges(indicator, { parameters: { [name]: value }, weight: 1, status: undefined }),
          ),
        )
      assert.ok(
        outcomes.some(outcome => outcome !== plain),
        `${name} of ${indicator.id}: whatever it is, the same is found in the records of all cases`,
      )
    }
  })
