import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { openCastApp, type CastApp } from '../../tests/support/cast-app.ts'
import { addressesOf } from '../../tests/support/crawl.ts'
import { writeOnePair } from '../../tests/support/one-pair.ts'
import { visit, type Visitor } from '../../tests/support/visitor.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { grantUnmask } from '../concerns/unmask.ts'
import { openTestLake } from '../detection/built-world.ts'
import type { Lake } from '../lake/lake.ts'
import { buildApp } from './app.ts'
import { fillPath, paths } from './paths.ts'

/** How many walks there are, and how many pages are opened on each. */
const walks = 5
const steps = 8

let lake: Lake

before(async () => {
  lake = await openTestLake()
  await writeOnePair(lake)
})
after(() => lake.close())

onEachStore((store, opened) => {
  let app: FastifyInstance
  let room: CastApp
  let reader: Visitor
  /** Everybody whom the reader may be shown, with the concern that is about them. */
  let identities: readonly (readonly [identity: string, ref: string])[]
  /** The concerns that were opened to the reader, as the log has them. */
  let granted: ReadonlySet<string>
  const shownOn = new Set<string>()

  before(async () => {
    room = await openCastApp(opened(), lake)
    app = await buildApp(room.deps)
    reader = visit(app, room.cookieOf('investigator'))
    const { theirs, other } = room.refs
    identities = [
      ['SUBJECT', theirs],
      ['SURVIVOR', theirs],
      ['NOBODY-S', other],
      ['NOBODY-P', other],
    ]
    const asked = await store().db.selectFrom('unmasks').select('id').execute()
    for (const { id } of asked)
      assert.equal((await grantUnmask(room.deps, room.cast.head, id)).outcome, 'shown')
    const grants = await store()
      .db.selectFrom('audit_entries')
      .select('subject')
      .where('what', '=', 'unmask-granted')
      .execute()
    granted = new Set(grants.map(({ subject }) => subject))
  })
  after(() => app.close())

  const lastEntry = async (): Promise<number> => {
    const { last } = await store()
      .db.selectFrom('audit_entries')
      .select(({ fn }) => fn.max('seq').as('last'))
      .executeTakeFirstOrThrow()
    return last
  }

  /** A page of one concern has an entry about it; a list of many has one of its own, and the log holds whom its reader was granted. */
  const isAbout = (subject: string, url: string, ref: string): boolean =>
    subject.includes(ref) || (!url.includes('/concerns/') && granted.has(ref))

  /** Opens a page: whom it shows without an entry of the reader's about their concern, and where it leads. */
  const open = async (url: string): Promise<{ unlogged: string[]; next: string[] }> => {
    const before = await lastEntry()
    const seen = await reader.get(url)
    const entries = await store()
      .db.selectFrom('audit_entries')
      .selectAll()
      .where('seq', '>', before)
      .where('who', '=', room.cast.investigator.id)
      .where('outcome', '=', 'allowed')
      .execute()
    const shown = identities.filter(([identity]) => seen.body.includes(identity))
    if (shown.length > 0) shownOn.add(url)
    const named = identities.filter(([identity]) => JSON.stringify(entries).includes(identity))
    assert.deepEqual(named, [], `an entry for ${url} names somebody`)
    return {
      unlogged: shown
        .filter(([, ref]) => !entries.some(({ subject, why }) => why !== '' && isAbout(subject, url, ref)))
        .map(([identity]) => `${url} shows ${identity}`),
      next: addressesOf(seen, url).flatMap(each =>
        each.method === 'GET' && !each.url.startsWith(paths.signOut) ? [each.url] : [],
      ),
    }
  }

  test('LOG-12: however an unmasked reader walks, whoever is shown has an entry in the log, which does not name them', async () => {
    const { theirs, other } = room.refs
    const starts = ['/', ...[theirs, other].map(ref => fillPath(paths.concern, { ref }))]
    const turns = fc.array(fc.nat(), { minLength: steps, maxLength: steps })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), turns, async (start, each) => {
        let at = start
        for (const turn of each) {
          const { unlogged, next } = await open(at)
          assert.deepEqual(unlogged, [])
          at = next[turn % Math.max(next.length, 1)] ?? start
        }
      }),
      { numRuns: walks, endOnFailure: true },
    )
    for (const ref of [theirs, other]) await open(fillPath(paths.concern, { ref }))
    assert.ok(shownOn.size >= 2, 'the reader was shown both concerns unmasked')
  })
})
