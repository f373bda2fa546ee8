import { latitude, longitude, metres } from './area.ts'
import type { Random } from './random.ts'
import { daySeconds, dayOfMoment } from './time.ts'
import type { Member, World } from './world.ts'

/** Splits `count` into whole parts that keep the shares, so that a small force has its specialists too. */
const splitByShare = (count: number, shares: Readonly<Record<string, number>>): string[] => {
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  const names: string[] = []
  let due = 0
  for (const [name, share] of Object.entries(shares)) {
    due += (share / total) * count
    while (names.length < Math.round(due)) names.push(name)
  }
  return names
}

/** Posts whose members are spread over the towns in teams; the rest work from the first town. */
const local = new Set([
  'response',
  'neighbourhood',
  'investigation',
  'public_protection',
  'safeguarding',
  'schools',
])

/** Numbers from ranges of the national plan that are not in use: 072 for the force. */
const forceNumber = (at: number): string => `+4472${String(10_000_000 + at * 37)}`

/** Engages the staff of the force and writes the HR feeds: staff, postings, staff_equality. */
export const engageStaff = (world: World, count: number): void => {
  const random = world.random('staff')
  const { force } = world.settings
  const roles = splitByShare(count, force.role_share)
  const engaged = (role: string) => roles.filter(name => name === role).length
  const posts: Record<string, string[]> = {
    officer: splitByShare(engaged('officer'), force.officer_posts),
    staff: splitByShare(engaged('staff'), force.staff_posts),
    pcso: splitByShare(engaged('pcso'), { neighbourhood: 0.9, schools: 0.1 }),
    special: splitByShare(engaged('special'), { response: 1 }),
  }
  for (const [at, role] of roles.entries()) {
    const post = posts[role]?.pop() ?? 'other'
    world.staff.push(engage(world, random, at, role as Member['role'], post))
  }
  appointSupervisors(world)
  for (const member of world.staff) writeMember(world, random, member)
}

const engage = (world: World, random: Random, at: number, role: Member['role'], post: string): Member => {
  const town = local.has(post) ? random.whole(0, world.area.towns.length - 1) : 0
  const homes =
    world.area.towns[random.chance(0.6) ? town : random.whole(0, world.area.towns.length - 1)]?.homes ?? []
  const windowDays = (world.end - world.start) / daySeconds
  const leaves = random.chance((world.settings.roster.leave_before_the_end_share * windowDays) / 120)
  const id =
    role === 'staff'
      ? `P${20_000 + at * 3}`
      : `${{ officer: 'C', pcso: 'K', special: 'S' }[role]}${1_000 + at * 7}`
  const shiftTeam = `ABCDE`[random.whole(0, 4)] ?? 'A'
  return {
    id,
    role,
    rank: rankOf(random, role),
    post,
    team: `${post.replaceAll('_', '-')}-${town + 1}${['response', 'control_room', 'custody'].includes(post) ? shiftTeam : ''}`,
    town,
    home: random.pick(homes),
    personalNumber: `+4471${String(90_000_000 + at * 53)}`,
    personalEmail: `p${(at * 7_919 + 31) % 100_003}@home.example`,
    male: random.chance(world.settings.force.male_share[role] ?? 0.5),
    partTime: random.chance(world.settings.roster.part_time_share),
    joinedOn: dayOfMoment(world.opening) - Math.round(random.between(120, 9_500)),
    leftOn: leaves ? dayOfMoment(world.start) + random.whole(10, Math.max(11, windowDays - 5)) : undefined,
    supervisor: undefined,
    mobile: '',
    captured: false,
    email: `${id.toLowerCase()}@force.example`,
    shifts: [],
    absences: [],
    dealings: [],
    lookAlike: '',
    offender: false,
  }
}

const rankOf = (random: Random, role: Member['role']): string => {
  if (role === 'officer')
    return random.pickShare({
      constable: 0.77,
      sergeant: 0.15,
      inspector: 0.05,
      chief_inspector: 0.02,
      superintendent: 0.01,
    })
  if (role === 'staff')
    return random.pickShare({ 'grade C': 0.4, 'grade D': 0.35, 'grade E': 0.18, 'grade F': 0.07 })
  return role === 'pcso' ? 'PCSO' : 'special constable'
}

const senior = new Set(['sergeant', 'inspector', 'chief_inspector', 'superintendent', 'grade F'])

const appointSupervisors = (world: World): void => {
  const seniors = world.staff.filter(member => senior.has(member.rank) && member.leftOn === undefined)
  for (const member of world.staff) {
    const near = seniors.filter(other => other !== member && other.post === member.post)
    const choice = (near.length > 0 ? near : seniors.filter(other => other !== member)).toSorted(
      (a, b) =>
        metres(
          world.area.towns[a.town]?.at ?? member.home,
          world.area.towns[member.town]?.at ?? member.home,
        ) -
        metres(world.area.towns[b.town]?.at ?? member.home, world.area.towns[member.town]?.at ?? member.home),
    )
    member.supervisor = choice[0]
  }
}

const writeMember = (world: World, random: Random, member: Member): void => {
  world.package.add('staff', {
    staff_id: member.id,
    role: member.role,
    rank: member.rank,
    team: member.team,
    station: `Town ${member.town + 1}`,
    supervisor_id: member.supervisor?.id,
    joined_on: member.joinedOn,
    left_on: member.leftOn,
    // Rounded to 0.001 degree, as the contract asks.
    home_lat: Math.round(latitude(member.home) * 1_000) / 1_000,
    home_lon: Math.round(longitude(member.home) * 1_000) / 1_000,
    personal_number: random.chance(0.93) ? member.personalNumber : undefined,
    personal_email: random.chance(0.7) ? member.personalEmail : undefined,
  })
  world.package.add('staff_equality', {
    staff_id: member.id,
    sex: member.male ? 'male' : 'female',
    ethnicity: random.pickShare({ White: 0.9, Asian: 0.05, Mixed: 0.025, Black: 0.02, Other: 0.005 }),
    part_time: member.partTime,
  })
  const earlier = random.chance(0.4)
  const from = earlier ? dayOfMoment(world.opening) - random.whole(20, 900) : member.joinedOn
  const since = Math.max(from, member.joinedOn)
  if (since > member.joinedOn)
    world.package.add('postings', {
      staff_id: member.id,
      post: random.pick(['response', 'neighbourhood', 'investigation', 'other']),
      team: 'earlier',
      from_on: member.joinedOn,
      to_on: since - 1,
    })
  world.package.add('postings', {
    staff_id: member.id,
    post: member.post,
    team: member.team,
    from_on: since,
    to_on: member.leftOn,
  })
}

/** Gives out force numbers in order: one series for every issued line. */
export const forceNumbers = (): (() => string) => {
  let issued = 0
  return () => forceNumber(++issued)
}
