import { openFleet, startOuting } from './outings.ts'
import type { Random } from './random.ts'
import { forPost } from './force-settings.ts'
import type { Shift, World } from './world.ts'

const carPosts = new Set(['response', 'roads', 'firearms'])
/** Share of turns with a car out, for posts that work from a desk and visit. */
const visiting: Readonly<Record<string, number>> = {
  investigation: 0.3,
  public_protection: 0.3,
  safeguarding: 0.45,
  soit: 0.45,
  offender_management: 0.5,
  family_liaison: 0.5,
  schools: 0.5,
  source_handling: 0.3,
}

/** Crews the vehicles and foot patrols: who goes out with whom on every turn of duty. */
export const crewUnits = (world: World): void => {
  const random = world.random('crews')
  const fleet = openFleet(world)
  const turns = new Map<string, Shift[]>()
  const posts = world.staff.filter(
    ({ role, post }) =>
      role !== 'staff' && (carPosts.has(post) || post === 'neighbourhood' || post in visiting),
  )
  for (const { post, town, role, shifts } of posts.map(member => member))
    for (const shift of shifts) {
      const key = `${post}/${town}/${role === 'pcso' ? 'pcso' : ''}/${shift.start}`
      const together = turns.get(key)
      if (together) together.push(shift)
      else turns.set(key, [shift])
    }
  const inOrder = [...turns].toSorted(([, a], [, b]) => (a[0]?.start ?? 0) - (b[0]?.start ?? 0))
  for (const [key, shifts] of inOrder) {
    const waiting = random.sample(shifts, shifts.length)
    for (let lead = waiting.pop(); lead !== undefined; lead = waiting.pop()) {
      const { post, role, town } = lead.member
      const out = carPosts.has(post) || post === 'neighbourhood' || random.chance(forPost(visiting, post))
      if (!out) continue
      const mate = random.chance(singleShare(world, lead)) ? undefined : waiting.pop()
      const crew = mate ? [lead, mate] : [lead]
      const kind =
        role === 'pcso'
          ? random.chance(0.2)
            ? 'vehicle'
            : 'foot'
          : post === 'neighbourhood'
            ? carOrFoot(random)
            : 'vehicle'
      const base = carPosts.has(post) || post === 'neighbourhood' ? `Town ${town + 1}` : `Pool ${town + 1}`
      startOuting(world, fleet, kind, crew, key.startsWith('roads') ? 'Roads' : base, random.chance(0.75))
    }
  }
}

const carOrFoot = (random: Random): 'vehicle' | 'foot' => (random.chance(0.65) ? 'vehicle' : 'foot')

const singleShare = (world: World, { member, pattern }: Shift): number => {
  const { single_crewed: share } = world.settings.incidents
  if (member.role === 'pcso') return share.pcso
  if (!carPosts.has(member.post)) return share.visit
  return pattern === 'night' ? share.night : share.day
}
