import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StartProgress } from '../core/progress.ts'
import { degrees, layArea } from './area.ts'
import { assignPurposes } from './assignments.ts'
import { bookCrews } from './bookings.ts'
import { makeContacts } from './contacts.ts'
import { crewUnits } from './crews.ts'
import { detain } from './custody.ts'
import { issueDevices } from './devices.ts'
import { readForceSettings } from './force-settings.ts'
import { answerCalls } from './incidents.ts'
import { investigate, writeInvestigations } from './investigations.ts'
import { plantLookAlikes } from './look-alikes/plant.ts'
import { useRecords } from './look-ups.ts'
import { plantOffenders } from './offenders/plant.ts'
import { openPackage } from './package-writer.ts'
import { drawPatrolPlans } from './patrol-plans.ts'
import { recordPublic } from './public.ts'
import { randomFor } from './random.ts'
import { readMe } from './read-me.ts'
import { rosterStaff } from './roster.ts'
import { engageStaff } from './staff.ts'
import { hearComplaints, keepStandards } from './standards.ts'
import { policeStreets } from './street.ts'
import { readTexts } from './texts.ts'
import { useTakeHomeCars } from './take-home.ts'
import { dayNumber, daySeconds } from './time.ts'
import { trackUnits } from './tracks.ts'
import { openTraffic } from './traffic.ts'
import { makeVisits } from './visits.ts'
import type { World } from './world.ts'

export type SimulateInput = {
  /** Folder of the package, made where missing. */
  readonly out: string
  readonly staff: number
  readonly days: number
  readonly seed: number
  /** How many offend; from the settings of the force when absent. */
  readonly offenders?: number | undefined
  /** Last day, `YYYY-MM-DD`. */
  readonly end: string
}

export type SimulateResult = {
  /** Rows by feed. */
  readonly rows: Readonly<Record<string, number>>
  readonly offenders: number
  readonly lookAlikes: number
}

/**
 * Lives a made-up force from day to day and writes what its systems would hold, as a Data Package of all 40 feeds.
 * The same input gives the same bytes. What is true, and no force could know, goes to `truth/`.
 */
export const simulateForce = (
  deps: { readonly progress: StartProgress },
  input: SimulateInput,
): SimulateResult => {
  const world = openWorld(input)
  const plans: ReturnType<typeof drawPatrolPlans> = []
  let lines: ReturnType<typeof issueDevices> | undefined
  const steps: readonly (readonly [name: string, step: () => void])[] = [
    [
      'staff',
      () => {
        engageStaff(world, input.staff)
      },
    ],
    [
      'public',
      () => {
        recordPublic(world, Math.round(input.staff * world.settings.force.people_per_staff))
      },
    ],
    [
      'sites',
      () => {
        writeSites(world)
      },
    ],
    [
      'roster',
      () => {
        rosterStaff(world)
      },
    ],
    [
      'devices',
      () => {
        lines = issueDevices(world)
      },
    ],
    [
      'crews',
      () => {
        crewUnits(world)
      },
    ],
    [
      'incidents',
      () => {
        answerCalls(world)
      },
    ],
    [
      'investigations',
      () => {
        investigate(world)
      },
    ],
    [
      'assignments',
      () => {
        assignPurposes(world)
      },
    ],
    [
      'custody',
      () => {
        detain(world)
      },
    ],
    [
      'patrol plans',
      () => {
        plans.push(...drawPatrolPlans(world))
      },
    ],
    [
      'standards',
      () => {
        keepStandards(world)
      },
    ],
    [
      'complaints',
      () => {
        hearComplaints(world)
      },
    ],
    [
      'offenders',
      () => {
        plantOffenders(world)
      },
    ],
    [
      'look-alikes',
      () => {
        plantLookAlikes(world)
      },
    ],
    [
      'visits',
      () => {
        makeVisits(world, plans)
      },
    ],
    [
      'take-home cars',
      () => {
        useTakeHomeCars(world)
      },
    ],
    [
      'street',
      () => {
        policeStreets(world)
      },
    ],
    [
      'contacts',
      () => {
        if (lines) makeContacts(world, lines)
      },
    ],
    [
      'look-ups',
      () => {
        useRecords(world)
      },
    ],
    [
      'investigations',
      () => {
        writeInvestigations(world)
      },
    ],
    [
      'handsets',
      () => {
        world.traffic.countHandsets()
      },
    ],
    [
      'bookings',
      () => {
        bookCrews(world)
      },
    ],
  ]
  const living = deps.progress('Living the demonstration force', steps.length, 'steps')
  for (const [done, [, step]] of steps.entries()) {
    step()
    living.update(done + 1)
  }
  living.end()
  const tracking = deps.progress('Tracking its units', world.outings.length, 'turns')
  trackUnits(world, tracking.update)
  tracking.end()
  return finish(world, input)
}

const openWorld = (input: SimulateInput): World => {
  const settings = readForceSettings()
  const end = (dayNumber(input.end) + 1) * daySeconds - 1
  const start = (dayNumber(input.end) + 1 - input.days) * daySeconds
  const random = (part: string) => randomFor(input.seed, part)
  const writer = openPackage(input.out, start, end)
  return {
    settings,
    offendersWanted: input.offenders,
    opening: start - settings.force.warm_up_days * daySeconds,
    start,
    end,
    area: layArea(random('area'), input.staff, input.staff * settings.force.people_per_staff),
    staff: [],
    people: [],
    incidents: [],
    investigations: [],
    outings: [],
    offences: [],
    package: writer,
    texts: readTexts(),
    traffic: openTraffic(writer, random('handsets')),
    random,
  }
}

const writeSites = (world: World): void => {
  for (const site of world.area.sites)
    world.package.add('sites', { site_id: site.id, kind: site.kind, ...degrees(site) })
}

const finish = (world: World, input: SimulateInput): SimulateResult => {
  world.package.truth(
    'truth',
    [
      'staff_id',
      'person_id',
      'style',
      'channel',
      'first_improper_on',
      'first_trace_on',
      'came_to_light_on',
      'dark',
      'traces',
    ],
    world.offences.map(
      ({ member, person, style, channel, firstImproperAt, cameToLightAt, dark, traces }) => ({
        staff_id: member.id,
        person_id: person.id,
        style,
        channel,
        first_improper_on: firstImproperAt / daySeconds,
        first_trace_on:
          traces.length === 0 ? undefined : Math.min(...traces.map(trace => trace.at)) / daySeconds,
        came_to_light_on: cameToLightAt / daySeconds,
        dark,
        traces: traces.map(trace => trace.kind).join(' '),
      }),
    ),
  )
  const lookAlikes = world.staff.filter(({ lookAlike }) => lookAlike !== '')
  world.package.truth(
    'roles',
    ['staff_id', 'look_alike'],
    lookAlikes.map(({ id, lookAlike }) => ({ staff_id: id, look_alike: lookAlike })),
  )
  const offenders = new Set(world.offences.map(({ member }) => member)).size
  writeFileSync(join(input.out, 'README.md'), readMe(input, offenders, lookAlikes.length))
  return { rows: world.package.close(), offenders, lookAlikes: lookAlikes.length }
}
