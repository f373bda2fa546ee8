import { join } from 'node:path'
import { z } from 'zod'
import { contentDir, readContent } from '../core/read-content.ts'

/** A figure and where it comes from. */
const figure = <T extends z.ZodType>(value: T) => z.strictObject({ value, reason: z.string().min(2) })
const number = figure(z.number())
const shares = figure(z.record(z.string(), z.number()))
const pair = figure(z.tuple([z.number(), z.number()]))

const schema = z.strictObject({
  force: z.strictObject({
    role_share: shares,
    officer_posts: shares,
    staff_posts: shares,
    male_share: shares,
    people_per_staff: number,
    warm_up_days: number,
  }),
  roster: z.strictObject({
    overtime_share: number,
    overtime_hours: pair,
    sick_spells_a_year: number,
    sick_days: number,
    leave_days_a_year: number,
    part_time_share: number,
    leave_before_the_end_share: number,
  }),
  incidents: z.strictObject({
    per_response_shift: number,
    type_share: shares,
    flagged_share: number,
    repeat_alpha: number,
    people_linked: number,
    scene_minutes: figure(z.strictObject({ any: z.number(), domestic_abuse: z.number() })),
    single_crewed: figure(
      z.strictObject({ day: z.number(), night: z.number(), pcso: z.number(), visit: z.number() }),
    ),
    no_deployment_share: number,
  }),
  investigations: z.strictObject({
    recorded_share: shares,
    open_days: number,
    handover_share: number,
    contact_every_days: number,
  }),
  phones: z.strictObject({
    share_with_mobile: shares,
    voice_per_shift: shares,
    sms_per_shift: shares,
    pair_sigma: number,
    off_roster_share: figure(z.strictObject({ any: z.number(), investigation: z.number() })),
    after_closure_share: number,
    kiss_share: number,
    unlogged: figure(z.strictObject({ voice: z.number(), sms: z.number() })),
    captured_share: number,
    downloaded_share: number,
  }),
  look_ups: z.strictObject({
    per_shift: shares,
    unexplained_share: number,
    quoted_share: number,
    off_roster_share: number,
    own_circle_per_staff_month: number,
  }),
  vehicles: z.strictObject({
    moving_seconds: number,
    parked_seconds: number,
    error_m: number,
    lost_share: number,
    outage_share: number,
    wrong_booking_share: number,
    driver_unknown_share: number,
    take_home_share: number,
    radio_minutes: number,
    radio_error_m: number,
    radio_lost_share: number,
  }),
  visits: z.strictObject({ untasked_per_month: shares, same_dwelling_share: shares }),
  standards: z.strictObject({
    complaints_per_1000_a_year: number,
    boundary_intelligence_per_1000_a_year: number,
    other_intelligence_per_1000_a_year: number,
    history_years: number,
  }),
  look_alikes: z.strictObject({ per_offender: number }),
  offenders: z.strictObject({
    per_1000: number,
    at_least: number,
    dark_share: number,
    predatory_share: number,
    work_first_share: number,
    visits_led_share: number,
    victims: figure(z.strictObject({ one: z.number(), few: z.number(), many: z.number() })),
    first_improper_days: figure(z.array(z.tuple([z.number(), z.number(), z.number()])).nonempty()),
    messages_per_day: figure(z.strictObject({ median: z.number(), sigma: z.number() })),
    migrates_share: number,
    migrates_after_days: figure(z.tuple([z.number(), z.number(), z.number()])),
    own_number_share: number,
    chats_share: number,
    look_up_share: number,
    many_look_ups_share: number,
    visit_share: number,
    vehicle_seen_share: number,
    parked_away_share: number,
    deletes_share: number,
    tracker_off_share: number,
    sick_and_visit_share: number,
    case_steered_share: number,
    earlier_intelligence_share: number,
    victim_flags: figure(z.strictObject({ domestic_abuse_victim: z.number(), any: z.number() })),
    discovery_days: figure(z.strictObject({ median: z.number(), sigma: z.number() })),
  }),
})

type Figures<T> = { readonly [K in keyof T]: T[K] extends { value: infer V } ? V : never }
type Written = z.infer<typeof schema>

/** The figures of `content/simulate/force.yaml`, without their reasons. */
export type ForceSettings = { readonly [G in keyof Written]: Figures<Written[G]> }

/**
 * Reads the figures the demonstration force is made of. Every figure must give a reason.
 * @throws AppError CONTENT_INVALID
 */
export const readForceSettings = (): ForceSettings => {
  const read = readContent(join(contentDir, 'simulate', 'force.yaml'), schema)
  const plain = Object.entries(read).map(([group, figures]) => [
    group,
    Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, value])),
  ])
  return Object.fromEntries(plain) as ForceSettings
}

/** The figure for a post: its own, its group's, or that for any other. */
export const forPost = (figures: Readonly<Record<string, number>>, post: string): number =>
  figures[post] ?? figures[groupOf(post)] ?? figures['other'] ?? 0

const groupOf = (post: string): string =>
  ['public_protection', 'safeguarding', 'soit', 'offender_management', 'family_liaison', 'schools'].includes(
    post,
  )
    ? 'protection'
    : post
