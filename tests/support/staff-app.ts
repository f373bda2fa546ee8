import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeUser } from '../../src/access/make-user.ts'
import { readKey } from '../../src/core/keys.ts'
import { roleNames, type Role } from '../../src/access/roles.ts'
import { createSignIn } from '../../src/access/sign-in.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { copyEmptyStore } from '../../src/casework-store/copy-empty-store.ts'
import { raiseConcerns } from '../../src/concerns/raise-concerns.ts'
import type { Standing } from '../../src/concerns/standing.ts'
import { fixedClock, type Clock } from '../../src/core/clock.ts'
import { openLake } from '../../src/lake/lake.ts'
import { readWebContent } from '../../src/web/content.ts'
import type { WebDeps } from '../../src/web/web-deps.ts'
import { confirmInvented } from '../../src/tuning/confirm-feeds.ts'
import { onePair, writeOnePair } from './one-pair.ts'

/** The concern that `openStaffApp` raises. */
export const oneStanding: Standing = {
  ...onePair,
  band: 'review',
  points: 21.5,
  onDay: '2026-06-05',
  reachedOn: { watch: '2026-06-03', review: '2026-06-05', develop: null, priority: null },
  bonus: 3,
  parts: [
    {
      family: 'F2',
      familyName: 'Location',
      points: 9,
      raw: 10,
      credit: -1,
      indicators: [
        {
          id: 'untasked-stays',
          version: 1,
          title: 'Stays at a home without being sent',
          points: 9,
          sentence: `Stopped 4 times near the home of ${onePair.personId} with no tasking.`,
          evidence: ['stay:V1:1', `person_flags:${onePair.personId}:missing`, `stay:${onePair.staffId}:1`],
          lastOn: '2026-06-05',
        },
      ],
      credits: [{ id: 'double-crewed', title: 'With a colleague', points: -1, recordId: 'crewing:C1' }],
    },
  ],
  account: `Stopped 4 times within 60 m of this person’s home between 3 and 19 May with no tasking; 2 off duty. ${onePair.staffId} rang +44 7700 900001.`,
  fingerprint: 'one',
  evidence: ['stay:V1:1', 'billing:B1'],
}

/** What a test of the staff app works with. */
export type StaffApp = {
  readonly deps: WebDeps
  /** E-mail address and password of a person with one role each. */
  readonly people: Readonly<Record<Role, { readonly email: string; readonly password: string }>>
  /** Moves the app's clock on. */
  readonly setClock: (iso: string) => void
  readonly close: () => Promise<void>
}

type Options = {
  /** Whether a password alone opens anything. */
  readonly secondStep?: 'required' | 'offered'
  /** The address that passkeys belong to. */
  readonly publicUrl?: string
}

/** Opens both stores in a new folder, with one pair's records, the concern about it, and a person for every role. */
export const openStaffApp = async (
  standings: readonly Standing[] = [oneStanding],
  { secondStep = 'offered', publicUrl = 'http://localhost' }: Options = {},
): Promise<StaffApp> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-web-'))
  const lake = await openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 1_000, lakeThreads: 1 })
  await copyEmptyStore(dataDir)
  const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
  await writeOnePair(lake)
  let current = fixedClock('2026-06-08T09:00:00Z')
  const clock: Clock = { now: () => current.now() }
  const secret = readKey(dataDir, 'session').toString('hex')
  const signIn = createSignIn({ store, clock, secret, publicUrl, secondStep })
  await confirmInvented({ store, clock }, 1_000_000)
  await raiseConcerns({ store, clock }, standings, { staffCount: 1_000, lastDay: '2026-06-05' })
  const setUp = { id: 'set-up', name: 'Set-up', email: '', roles: ['system_administrator'] as const }
  const people: Partial<Record<Role, { email: string; password: string }>> = {}
  for (const role of roleNames) {
    const email = `${role.replaceAll('_', '.')}@example.uk`
    const { password } = await makeUser({ store, clock }, setUp, {
      email,
      name: `A ${role}`,
      roles: [role],
    })
    people[role] = { email, password }
  }
  return {
    deps: {
      lake,
      store,
      clock,
      content: readWebContent(),
      secret,
      signIn,
      settings: { publicUrl: undefined },
      maskKey: readKey(dataDir, 'mask'),
      logLevel: 'silent',
    },
    people: people as StaffApp['people'],
    setClock: iso => {
      current = fixedClock(iso)
    },
    close: async () => {
      await store.close()
      await lake.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
