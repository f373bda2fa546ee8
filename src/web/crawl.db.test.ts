import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openCastApp, type CastApp } from '../../tests/support/cast-app.ts'
import { crawl, isPart, type Found } from '../../tests/support/crawl.ts'
import { writeOnePair } from '../../tests/support/one-pair.ts'
import { visit, type Seen, type Visitor } from '../../tests/support/visitor.ts'
import { decide, type AskedItem } from '../access/decide.ts'
import { castNames, related, type CastName } from '../access/test-cast.ts'
import { onEachStore, readSql } from '../casework-store/test-stores.ts'
import { openTestLake } from '../detection/built-world.ts'
import type { Lake } from '../lake/lake.ts'
import { buildApp } from './app.ts'
import type { Page } from './define-pages.ts'
import { mayOpen } from './may-open.ts'
import { allPages } from './page-list.ts'
import { fillPath } from './paths.ts'

/** Who follows every link first: between them they are shown every kind of id. */
const crawlers: readonly CastName[] = ['head', 'auditor', 'administrator', 'handler']

/** To whom an id belongs: the concern about the subject, the other concern, or one person alone. */
type Owner = 'theirs' | 'other' | { readonly userId: string }

/** Ids that are kept of one page, where they belong to nobody: an account is as good as another. */
const alike = 2

let lake: Lake

before(async () => {
  lake = await openTestLake()
  await writeOnePair(lake)
})
after(() => lake.close())

onEachStore((store, opened) => {
  let app: FastifyInstance
  let room: CastApp
  let found: readonly Found[]
  let owners: ReadonlyMap<string, Owner>
  /** Every id of the store that stands in addresses, and the concern that it belongs to. */
  let parts: readonly { readonly part: string; readonly ref: string; readonly id: string }[]

  before(async () => {
    room = await openCastApp(opened(), lake)
    app = await buildApp(room.deps)
    const every: Found[] = []
    for (const name of crawlers) every.push(...(await crawl(visit(app, room.cookieOf(name)))))
    owners = await readOwners()
    found = sifted(every)
  })
  after(() => app.close())

  const readOwners = async (): Promise<ReadonlyMap<string, Owner>> => {
    parts = await readSql<(typeof parts)[number]>(
      store().db,
      `select 'authorisation' as part, concern_ref as ref, ref as id from authorisations
      union select 'glass', concern_ref, ref from break_glass
      union select 'request', ref, id from unmasks
      union select 'exception', c.ref, x.id from exceptions x join concerns c on c.staff_id = x.staff_id
      union select 'exclusion', c.ref, x.id::text from exclusions x
        join concerns c on (x.staff_id <> '' and c.staff_id = x.staff_id) or (x.person_id <> '' and c.person_id = x.person_id)
      union select 'ref', ref, ref from concerns
      union select 'id', '', id from holds`,
    )
    const visits = await readSql<{ userId: string; id: string }>(
      store().db,
      'select user_id as "userId", id from sessions',
    )
    return new Map<string, Owner>([
      ...parts.flatMap(({ ref, id }) =>
        ref === '' ? [] : [[id, ref === room.refs.theirs ? 'theirs' : 'other'] as const],
      ),
      ...visits.map(({ userId, id }) => [id, { userId }] as const),
    ])
  }

  /** Every page that takes an id, also where no link leads to it yet: filled with what belongs to one concern. */
  const filled = (every: readonly Found[]): Found[] => {
    const known = [
      ...every.flatMap(({ ids }) => Object.entries(ids)),
      ...parts.map(({ part, id }) => [part, id] as const),
      ['day', '2026-05-01'] as const,
    ]
    return allPages.flatMap(page =>
      (['theirs', 'other'] as const).flatMap((owner): Found[] => {
        const names = page.path.split('/').filter(isPart)
        const ids = names.flatMap(name => {
          const fitting = known.find(
            ([part, id]) => `:${part}` === name && (owners.get(id) ?? owner) === owner,
          )
          return fitting === undefined ? [] : [fitting]
        })
        if (ids.length === 0 || ids.length < names.length) return []
        const own = Object.fromEntries(ids)
        return [{ page, ids: own, url: fillPath(page.path, own), form: {} }]
      }),
    )
  }

  /** Each address once, those with an id alone. */
  const sifted = (every: readonly Found[]): Found[] => {
    const kept = new Map<string, Found>()
    const times = new Map<string, number>()
    for (const each of [...every, ...filled(every)]) {
      const { page, ids } = each
      const place = `${page.method} ${page.path}`
      const key = `${place} ${Object.values(ids).join(' ')}`
      const nobodys = Object.values(ids).every(id => !owners.has(id))
      if (Object.keys(ids).length === 0 || kept.has(key)) continue
      if (nobodys && (times.get(place) ?? 0) >= alike) continue
      times.set(place, (times.get(place) ?? 0) + 1)
      kept.set(key, each)
    }
    return [...kept.values()]
  }

  /** What the decision module says, of the address and its ids alone. */
  const mayHave = (name: CastName, { page, ids }: Found): boolean => {
    const user = room.cast[name]
    const { permission, purpose } = page
    const items = Object.values(ids).flatMap(id => itemOf(name, owners.get(id)) ?? [])
    if (permission === 'anyone' || permission === 'signed-in')
      return items.every(({ needToKnow }) => needToKnow === 'unit' || needToKnow.includes(user.id))
    return [undefined, ...items].every(item => decide({ user, permission, item, purpose }).allowed)
  }

  const itemOf = (name: CastName, owner: Owner | undefined): AskedItem | undefined => {
    if (owner === undefined) return undefined
    if (typeof owner === 'object') return { exists: true, needToKnow: [owner.userId], conflict: false }
    // The analyst was excluded from the other one by hand.
    const conflict = owner === 'theirs' ? related.includes(name) : name === 'analyst'
    return { exists: true, needToKnow: 'unit', conflict }
  }

  /** All that a browser is told, but for what is drawn anew at every request and the menus, which follow what was typed. */
  const told = ({ status, location, body, headers }: Seen): string => {
    const moving = ['date', 'set-cookie', 'content-length']
    const kept = Object.entries(headers).filter(([name]) => !moving.includes(name))
    const bare = body
      .replaceAll(/<nav .*?<\/nav>/gs, '')
      .replaceAll(/value="[\w.-]{20,}"/g, '')
      .replaceAll(/\s+/g, ' ')
    return JSON.stringify({ status, location, bare, kept })
  }

  /** Every table as one word each, but for the log, which every request is written to. */
  const state = async (): Promise<unknown> => {
    const tables = await readSql<{ name: string }>(
      store().db,
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'audit%' order by 1`,
    )
    const one = ({ name }: { readonly name: string }): string =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as hash from ${name} t`
    return await readSql(store().db, tables.map(one).join(' union all '))
  }

  const replay = async (person: Visitor, each: Found, nothing: string, empty: string): Promise<string[]> => {
    const { page, url, form } = each
    const get = page.method === 'GET'
    const answers = get
      ? await Promise.all([person.get(url), person.head(url)])
      : [await person.post(url, form)]
    return answers.flatMap((seen, at) =>
      told(seen) === (at === 0 ? nothing : empty)
        ? []
        : [`${at === 0 ? page.method : 'HEAD'} ${url}: ${seen.status}`],
    )
  }

  test('AUT-02: the crawl finds the ids of every page that takes one', () => {
    const reached = new Set(found.map(({ page }) => `${page.method} ${page.path}`))
    const missed = allPages
      .filter(page => page.path.includes(':'))
      .map(page => `${page.method} ${page.path}`)
      .filter(page => !reached.has(page))
    assert.deepEqual(missed, [])
  })

  test('AUT-02: whatever id somebody is shown, whoever may not have it is answered as if it were not there, and changes nothing', async () => {
    const before = await state()
    for (const name of castNames) {
      const person = visit(app, room.cookieOf(name))
      const nothing = told(await person.get('/concerns/AAAA-2222'))
      const empty = told(await person.head('/concerns/AAAA-2222'))
      const byRole = (page: Page): boolean => !mayOpen(room.cast[name], page)
      // Whom a role refuses is refused before any id is looked at: one address of a page is enough.
      const refused = found
        .filter(each => !mayHave(name, each))
        .filter(
          (each, at, all) => !byRole(each.page) || all.findIndex(({ page }) => page === each.page) === at,
        )
      assert.ok(refused.length >= 5, name)
      const given = await Promise.all(refused.map(each => replay(person, each, nothing, empty)))
      assert.deepEqual(given.flat(), [], `what ${name} was given`)
    }
    assert.deepEqual(await state(), before)
  })
})
