import { degrees } from './area.ts'
import { dayOfMoment, ukMoment } from './time.ts'
import type { PatrolPlan } from './visits.ts'
import type { World } from './world.ts'

/** Draws up the weekly patrol plans of every neighbourhood team, from where the calls were. */
export const drawPatrolPlans = (world: World): PatrolPlan[] => {
  const random = world.random('patrol plans')
  const plans: PatrolPlan[] = []
  const purposes = [
    'antisocial behaviour hot spot',
    'burglary series',
    'reassurance after a serious assault',
    'night-time economy',
    'vehicle crime',
  ]
  for (const town of world.area.towns.keys()) {
    const team = world.staff.find(member => member.post === 'neighbourhood' && member.town === town)
    for (let day = dayOfMoment(world.start); day < dayOfMoment(world.end); day += 7) {
      const recent = world.incidents.filter(
        incident => incident.town === town && incident.type === 'antisocial_behaviour',
      )
      for (const incident of random.sample(recent, 3)) {
        const plan: PatrolPlan = {
          at: incident.at,
          radius: random.pick([100, 150, 200, 250]),
          town,
          from: ukMoment(day, 6),
          to: ukMoment(day + 7, 6),
        }
        plans.push(plan)
        world.package.add('patrol_plans', {
          plan_id: world.package.key('PP'),
          team: team?.team ?? `response-${town + 1}A`,
          ...degrees(plan.at),
          radius_m: plan.radius,
          purpose: random.pick(purposes),
          from_at: plan.from,
          to_at: plan.to,
          approved_by: team?.supervisor?.id,
        })
      }
    }
  }
  return plans
}
