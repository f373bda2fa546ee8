import { forPost } from './force-settings.ts'
import { forceNumbers } from './staff.ts'
import { daySeconds } from './time.ts'
import type { Member, World } from './world.ts'

/** Lines that belong to a room rather than a person. */
export type SharedLines = {
  /** The recorded line of the control room. */
  readonly control: string
  /** The landline of a team; uncertain who used it. */
  readonly ofTeam: (team: string) => string
}

/** Issues mobiles, mailboxes, radios and shared lines, and what happens to them: devices, device_events, installed_apps. */
export const issueDevices = (world: World): SharedLines => {
  const random = world.random('devices')
  const nextNumber = forceNumbers()
  const issuedAt = world.opening - 200 * daySeconds
  const issue = (
    kind: string,
    address: string,
    staff_id: string | undefined,
    shared: boolean,
    from_at: number,
    to_at?: number,
  ) => {
    world.package.add('devices', {
      device_id: world.package.key('DV'),
      kind,
      address,
      staff_id,
      shared,
      from_at,
      to_at,
    })
  }
  for (const member of world.staff) {
    const since = Math.max(issuedAt - random.whole(0, 400) * daySeconds, member.joinedOn * daySeconds)
    const left = member.leftOn === undefined ? undefined : member.leftOn * daySeconds
    issue('email', member.email, member.id, false, since, left)
    if (member.role !== 'staff' && random.chance(0.9))
      issue('radio', `radio-${member.id.toLowerCase()}@force.example`, member.id, false, since, left)
    const share =
      member.role === 'staff'
        ? forPost({ victim_desk: 0.1, investigation: 0.6, other: 0.15 }, member.post)
        : forPost(world.settings.phones.share_with_mobile, member.post)
    if (!random.chance(share)) continue
    member.mobile = nextNumber()
    member.captured = random.chance(world.settings.phones.captured_share)
    issue('mobile', member.mobile, member.id, false, since, left)
    live(world, member, since)
  }
  const control = nextNumber()
  issue('recorded_line', control, undefined, true, issuedAt)
  const lines = new Map<string, string>()
  for (const { team } of world.staff) {
    if (lines.has(team)) continue
    const line = nextNumber()
    lines.set(team, line)
    issue(team.startsWith('victim') ? 'recorded_line' : 'landline', line, undefined, true, issuedAt)
  }
  return { control, ofTeam: team => lines.get(team) ?? control }
}

const usualApps: Readonly<Record<string, number>> = {
  'Force Mobile': 1,
  Authenticator: 0.9,
  Teams: 0.85,
  what3words: 0.6,
  Maps: 0.8,
  WhatsApp: 0.12,
  Snapchat: 0.006,
  Signal: 0.02,
  Facebook: 0.04,
}

const live = (world: World, member: Member, since: number): void => {
  const random = world.random(`device of ${member.id}`)
  for (const [app, share] of Object.entries(usualApps))
    if (random.chance(share))
      world.package.add('installed_apps', {
        device_address: member.mobile,
        app,
        first_seen_at: Math.floor(random.between(since, world.end)),
        last_seen_at: random.chance(0.8) ? world.end - random.whole(600, 5 * daySeconds) : undefined,
      })
  if (random.chance(0.06))
    world.package.add('device_events', {
      device_address: member.mobile,
      at: Math.floor(random.between(world.start, world.end)),
      kind: random.pickShare({ replaced: 0.4, reset: 0.3, lost: 0.12, wiped: 0.1, retention_change: 0.08 }),
    })
  if (random.chance(world.settings.phones.downloaded_share)) {
    const to = Math.floor(random.between(world.start + 20 * daySeconds, world.end - 5_000))
    world.traffic.download(member.mobile, Math.max(world.start, to - 60 * daySeconds), to)
  }
}
