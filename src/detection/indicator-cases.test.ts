import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import { readSettings } from '../core/settings.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { readCreditCases, readIndicatorCases } from './cases.ts'
import { readCredits } from './credits.ts'
import { creditAll, findAll } from './findings.ts'
import { readIndicators } from './indicators.ts'
import { emptyRecords, loadRows } from './load-world.ts'
import { contentDir } from '../core/read-content.ts'
import { expandWorld, mergeWorlds, type LakeRow, type World } from './record-world.ts'
import { keyTogether, setApart } from './set-apart.ts'
import { readMoment } from './world-times.ts'

/** A case of an indicator or credit, and what it must give. */
type Case = {
  readonly of: string
  readonly name: string
  readonly world: World
  /** Cases of one build share its facts; each has keys, numbers and places of its own. */
  readonly build: string
  readonly expected: readonly string[]
}

const day = (text: string, world: World): string =>
  readMoment(text, { day0: world.day0, shift: 0, kind: 'date', where: 'expect' })

const buildOf = (of: string, name: string, file: { alone: boolean }, own: { alone: boolean }): string =>
  own.alone ? `${of}: ${name}` : file.alone ? of : 'shared'

const indicatorCases: Case[] = readIndicators().flatMap(({ id, folder }) => {
  const file = readIndicatorCases(folder)
  return file.cases.map(each => ({
    of: id,
    name: each.name,
    world: mergeWorlds(file.world, each.add),
    build: buildOf(id, each.name, file, each),
    expected: each.expect.map(one =>
      words(one.staff, one.person, day(one.on, file.world), one.points, one.count),
    ),
  }))
})

const creditCases: Case[] = readCredits().flatMap(({ id }) => {
  const file = readCreditCases(join(contentDir, 'credits', id))
  return file.cases.map(each => ({
    of: id,
    name: each.name,
    world: mergeWorlds(file.world, each.add),
    build: buildOf(id, each.name, file, each),
    expected: each.expect.map(one =>
      words(one.staff, one.person, day(one.from, file.world), day(one.to, file.world), one.points),
    ),
  }))
})

function words(...parts: (string | number | undefined)[]): string {
  return parts.filter(part => part !== undefined).join(' | ')
}

let lake: Lake
before(async () => {
  const settings = readSettings(
    { UPSTANDER_LAKE_THREADS: '1' },
    { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) },
  )
  lake = await openLake(settings)
})
after(() => lake.close())

type Row = { of: string; staff_id: string; person_id: string; said: (string | number)[] }

/** What the records of one build gave, by case: `staff | person | day | points | count`. */
const outcomes = async (cases: readonly Case[]): Promise<ReadonlyMap<Case, readonly string[]>> => {
  const rows = new Map<string, LakeRow[]>()
  for (const [at, each] of cases.entries())
    for (const [feed, own] of setApart(expandWorld(each.world), at))
      rows.set(feed, [...(rows.get(feed) ?? []), ...own])
  await emptyRecords(lake)
  await loadRows(lake, rows)
  const deps = { lake, progress: silentProgress }
  await buildFacts(deps)
  await creditAll(deps)
  await findAll(deps)
  const found = await lake.rows<Row>(
    `select toString(indicator) as of, staff_id, person_id, [toString(found_on), toString(points), toString(count)] as said
     from (select * from upstander.findings union all select * from upstander.shadow_findings) order by found_on
     union all
     select distinct toString(credit), staff_id, person_id, [toString(from_on), toString(to_on), toString(points)]
     from upstander.credits order by from_on, person_id`,
  )
  const byCase = new Map<Case, string[]>(cases.map(each => [each, []]))
  for (const row of found) {
    const staff = keyTogether(row.staff_id)
    const person = keyTogether(row.person_id)
    const own = cases[staff?.at ?? person?.at ?? -1]
    if (own?.of === row.of) byCase.get(own)?.push(words(staff?.key ?? '', person?.key ?? '', ...row.said))
  }
  return byCase
}

const all = [...indicatorCases, ...creditCases]
const builds = [...new Set(all.map(each => each.build))]
const pending = new Map<string, Promise<ReadonlyMap<Case, readonly string[]>>>()

for (const build of builds) {
  const cases = all.filter(each => each.build === build)
  for (const each of cases) {
    test(`${each.of}: ${each.name}`, async () => {
      const running = pending.get(build) ?? outcomes(cases)
      pending.set(build, running)
      const given = (await running).get(each) ?? []
      // A case that names no count leaves it open.
      const compared = given.map((text, at) =>
        each.expected[at]?.split(' | ').length === 4 &&
        text.split(' | ').length === 5 &&
        indicatorCases.includes(each)
          ? text.split(' | ').slice(0, 4).join(' | ')
          : text,
      )
      assert.deepEqual(compared, each.expected)
    })
  }
}
