import type { Random } from '../random.ts'
import { daySeconds } from '../time.ts'
import type { Dealing, Member, Offence, World } from '../world.ts'

/** An offender before they have offended: how they go about it, and what of it the force could see. */
export type Offender = {
  readonly member: Member
  readonly style: Offence['style']
  readonly channel: Offence['channel']
  readonly dark: boolean
  readonly looksUp: boolean
  readonly visits: boolean
  /** How many people they approach. */
  readonly victims: number
}

/** Chooses who offends and how. Channels and darkness keep their shares even among a few; everything else is chance. */
export const chooseOffenders = (world: World, random: Random): Offender[] => {
  const { offenders: figures } = world.settings
  const count =
    world.offendersWanted ??
    Math.max(
      Math.round((world.staff.length * figures.per_1000) / 1_000),
      Math.min(figures.at_least, Math.max(3, Math.floor(world.staff.length / 50))),
    )
  const dark = Math.max(Math.ceil(count / 3), Math.round(count * figures.dark_share))
  const workFirst = Math.max(1, Math.round(count * figures.work_first_share))
  const visitsLed = Math.max(count > 3 ? 1 : 0, Math.round(count * figures.visits_led_share))
  // Those who leave a trace share out among themselves the look-ups and visits that the evidence gives for all.
  const seen = 1 - dark / count
  return random.sample(world.staff.filter(couldOffend), count).map((member, at) => {
    const isDark = at < dark
    const channel = isDark
      ? 'personal_only'
      : at < dark + workFirst
        ? 'work_first'
        : at < dark + workFirst + visitsLed
          ? 'visits_led'
          : 'personal_only'
    const visits = !isDark && (channel === 'visits_led' || random.chance(figures.visit_share / seen))
    const looksUp = !isDark && random.chance(figures.look_up_share / seen)
    const some = channel === 'personal_only' && !isDark && !visits && !looksUp
    return {
      member,
      channel,
      dark: isDark,
      style: random.chance(figures.predatory_share) ? 'predatory' : 'exploratory',
      visits,
      looksUp: looksUp || some,
      victims: victimsOf(world, random),
    }
  })
}

/** Those who meet the public, nearly all men, as in the published cases. What they are is never scored. */
const couldOffend = (member: Member): boolean =>
  member.male &&
  member.role !== 'staff' &&
  member.leftOn === undefined &&
  member.lookAlike === '' &&
  member.mobile !== '' &&
  member.dealings.length >= 12 &&
  [
    'response',
    'neighbourhood',
    'investigation',
    'public_protection',
    'safeguarding',
    'soit',
    'roads',
    'offender_management',
  ].includes(member.post)

const victimsOf = (world: World, random: Random): number => {
  const how = random.pickShare(world.settings.offenders.victims)
  return how === 'one' ? 1 : how === 'few' ? random.whole(2, 3) : random.whole(4, 13)
}

/** Chooses whom an offender approaches, from the people they really met, and when it turns improper. */
export const chooseVictims = (
  world: World,
  random: Random,
  offender: Offender,
): { readonly dealing: Dealing; readonly from: number }[] => {
  const { victim_flags: flags, first_improper_days: delays } = world.settings.offenders
  const met = offender.member.dealings.filter(
    ({ person, from, kind }) =>
      person.female &&
      !person.flags.has('under_18') &&
      (kind === 'attendance' || kind === 'allocation') &&
      from > world.opening + 5 * daySeconds &&
      from < world.end - 12 * daySeconds,
  )
  const chosen: { dealing: Dealing; from: number }[] = []
  for (let attempt = 0; attempt < offender.victims * 6 && chosen.length < offender.victims; attempt++) {
    const roll = random.next()
    const wanted = met.filter(({ person }) =>
      roll < flags.domestic_abuse_victim
        ? person.flags.has('domestic_abuse_victim')
        : roll < flags.any
          ? person.flags.size > 0
          : true,
    )
    const pool = wanted.length > 0 ? wanted : met
    if (pool.length === 0) return chosen
    const dealing = random.pick(pool)
    if (chosen.some(other => other.dealing.person === dealing.person)) continue
    const delay = random.pickShare(
      Object.fromEntries(delays.map(([low, high, share]) => [`${low} ${high}`, share])),
    )
    const [low = 0, high = 0] = delay.split(' ').map(Number)
    // The one who is quick is quick with nearly everybody.
    const days =
      offender.style === 'predatory'
        ? Math.min(random.whole(low, high), random.whole(0, 5))
        : random.whole(low, high)
    const from = dealing.from + days * daySeconds + random.whole(2, 9) * 3_600
    if (from < world.end - 8 * daySeconds) chosen.push({ dealing, from })
  }
  return chosen.sort((a, b) => a.from - b.from)
}
