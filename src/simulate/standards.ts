import { dayOfMoment, daySeconds } from './time.ts'
import type { Random } from './random.ts'
import type { Member, World } from './world.ts'

/** Vetting, training and yearly integrity reviews, with the gaps of any force. */
export const keepStandards = (world: World): void => {
  const random = world.random('standards')
  const today = dayOfMoment(world.end)
  const opened = dayOfMoment(world.start)
  for (const member of world.staff) {
    const level = random.pickShare({
      'recruitment vetting': 0.7,
      'management vetting': 0.26,
      'non-police personnel vetting 2': 0.04,
    })
    const granted = Math.max(member.joinedOn - 30, today - random.whole(100, 3_400))
    world.package.add('vetting', {
      staff_id: member.id,
      level,
      granted_on: granted,
      expires_on: granted + (level === 'management vetting' ? 7 : 10) * 365,
    })
    for (const [course, everyDays, share] of [
      ['professional boundaries', 730, 0.82],
      ['data protection', 730, 0.93],
      ['code of ethics', 1_460, 0.9],
    ] as const) {
      if (!random.chance(share)) continue
      const done = Math.max(member.joinedOn, today - random.whole(5, everyDays + 90))
      world.package.add('training', {
        staff_id: member.id,
        course,
        completed_on: done,
        understood: random.chance(0.85) ? random.chance(0.94) : undefined,
        expires_on: done + everyDays,
      })
    }
    const due = opened + random.whole(-200, 160)
    const done = random.chance(0.78)
    world.package.add('integrity_reviews', {
      staff_id: member.id,
      due_on: due,
      completed_on: done ? due + random.whole(-20, 40) : undefined,
      supervisor_id: member.supervisor?.id,
      read_seconds: done ? Math.round(random.logNormal(240, 1)) : undefined,
      discussed: done ? random.chance(0.8) : undefined,
    })
  }
}

/** Complaints, intelligence and disclosures about ordinary staff, going back some years. */
export const hearComplaints = (world: World): void => {
  const random = world.random('complaints')
  const { standards } = world.settings
  const from = dayOfMoment(world.start) - standards.history_years * 365
  const last = dayOfMoment(world.end - 1)
  for (const member of world.staff) {
    const since = Math.max(from, member.joinedOn)
    const years = (last - since) / 365
    if (years <= 0) continue
    const day = () => random.whole(since, last)
    const rate = (perThousand: number) => (perThousand / 1_000) * years
    const facing = member.role === 'staff' ? 0.25 : 1.3
    for (
      let left = random.negativeBinomial(rate(standards.complaints_per_1000_a_year) * facing, 1.8);
      left > 0;
      left--
    )
      writeComplaint(
        world,
        random,
        member,
        day(),
        random.pickShare({
          discourtesy: 0.3,
          neglect_of_duty: 0.3,
          use_of_force: 0.15,
          discrimination: 0.05,
          data_misuse: 0.02,
          harassment: 0.02,
          improper_contact: 0.01,
          other: 0.15,
        }),
      )
    for (let left = random.poisson(rate(standards.boundary_intelligence_per_1000_a_year)); left > 0; left--)
      writeIntelligence(
        world,
        random,
        member,
        day(),
        random.pickShare({ improper_contact: 0.4, sexual_conduct: 0.35, harassment: 0.25 }),
      )
    for (let left = random.poisson(rate(standards.other_intelligence_per_1000_a_year)); left > 0; left--)
      writeIntelligence(
        world,
        random,
        member,
        day(),
        random.pickShare({ data_misuse: 0.3, notifiable_association: 0.4, other: 0.3 }),
      )
    if (random.chance(0.03 * years)) disclose(world, random, member, day())
  }
}

/** Writes a complaint, with an outcome if there was time for one. */
export const writeComplaint = (
  world: World,
  random: Random,
  member: Member,
  day: number,
  category: string,
  personId?: string,
): void => {
  const resolved = day + Math.round(random.logNormal(110, 0.6))
  const open = resolved >= dayOfMoment(world.end)
  world.package.add('complaints', {
    complaint_id: world.package.key('CM'),
    staff_id: member.id,
    received_on: day,
    category,
    source: random.pickShare({ public: 0.75, internal: 0.17, partner_agency: 0.03, anonymous: 0.05 }),
    person_id:
      personId ??
      (random.chance(0.4) && member.dealings.length > 0 ? random.pick(member.dealings).person.id : undefined),
    outcome: open
      ? 'open'
      : random.pickShare({ not_upheld: 0.78, upheld: 0.1, withdrawn: 0.07, other: 0.05 }),
    resolved_on: open ? undefined : resolved,
  })
}

/** Writes a report of intelligence about a member of staff. */
export const writeIntelligence = (
  world: World,
  random: Random,
  member: Member,
  day: number,
  category: string,
): void => {
  world.package.add('intelligence', {
    report_id: world.package.key('IR'),
    staff_id: member.id,
    received_on: day,
    category,
    source_grade: Number(random.pickShare({ '1': 0.3, '2': 0.6, '3': 0.1 })),
    information_grade: random.pickShare({ A: 0.1, B: 0.25, C: 0.2, D: 0.35, E: 0.1 }),
    corroborated: random.chance(0.9) ? random.chance(0.2) : undefined,
    resolved_on: random.chance(0.5) ? day + random.whole(20, 400) : undefined,
    text: random.pick([
      'Report received from a colleague, details with the unit.',
      'Anonymous report, nothing to support it yet.',
      'Concern passed on by a partner agency.',
    ]),
  })
}

const disclose = (world: World, random: Random, member: Member, day: number): void => {
  world.package.add('disclosures', {
    disclosure_id: world.package.key('DS'),
    staff_id: member.id,
    kind: random.pickShare({
      notifiable_association: 0.45,
      new_partner: 0.25,
      conflict_of_interest: 0.15,
      known_before_duty: 0.1,
      approach_by_member_of_public: 0.05,
    }),
    declared_at: day * daySeconds + random.whole(30_000, 60_000),
    person_id: random.chance(0.3) ? random.pick(world.people).id : undefined,
  })
}
