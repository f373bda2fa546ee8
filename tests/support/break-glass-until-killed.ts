// A process that asks for a concern to be opened in an emergency and approves it twice, over and over until it is killed: `ready` first.
import type { User } from '../../src/access/user.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { approveBreakGlass, askBreakGlass } from '../../src/concerns/break-glass.ts'
import { systemClock } from '../../src/core/clock.ts'

const [dataDir = '', databaseUrl = '', concern = '', people = '[]'] = process.argv.slice(2)
const store = await openCaseworkStore({ dataDir, databaseUrl: databaseUrl === '' ? undefined : databaseUrl })
const [handler, ...approvers] = JSON.parse(people) as [User, User, User]
const deps = { store, clock: systemClock }
const why = { reason: 'She rang 999.', from: '' }
process.stdout.write('ready\n')
for (;;) {
  const asked = await askBreakGlass(deps, handler, { ...why, concern, cause: 'life_at_risk' })
  if (asked.outcome !== 'done') throw new Error(`not asked for: ${JSON.stringify(asked)}`)
  for (const each of approvers) await approveBreakGlass(deps, each, asked.ref, why)
}
