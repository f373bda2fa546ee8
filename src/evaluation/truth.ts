import { z } from 'zod'

/** A day, as `2025-06-30`; a moment is cut to its day. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([T ].*)?$/, 'write days as 2025-06-30')
  .transform(text => text.slice(0, 10))
  .refine(text => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)), 'there is no such day')

const yes = ['true', 'yes', 'y', '1']
const no = ['false', 'no', 'n', '0']
const yesOrNo = z
  .string()
  .toLowerCase()
  .refine(text => yes.includes(text) || no.includes(text), 'write true or false')
  .transform(text => yes.includes(text))

const word = z.string().transform(text =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_'),
)

/** One row a member of staff who offends and a person they offend against. Only `staff_id` must be there. */
export const offenceShape = z.object({
  staff_id: z.string().min(1).describe('The member of staff who offends, as the feed `staff` names them.'),
  person_id: z
    .string()
    .optional()
    .describe(
      'The victim, as `people` names them. Without it, whether the right person was named is not measured.',
    ),
  first_improper_on: day
    .optional()
    .describe(
      'Day of the first improper contact. A review of this member of staff before it counts as false, unless it names the victim.',
    ),
  first_trace_on: day
    .optional()
    .describe(
      'Day of the first record that could give it away. Days to review count from here, or else from the first improper contact.',
    ),
  came_to_light_on: day
    .optional()
    .describe('Day on which it was or would have been found without Upstander.'),
  channel: word
    .optional()
    .describe('How they were in touch: `work_first`, `visits_led`, `personal_only`, or your own word.'),
  style: word.optional().describe('`predatory`, `exploratory`, or your own word.'),
  dark: yesOrNo.optional().describe('True where no record of the force shows anything. When absent: false.'),
  traces: z
    .string()
    .transform(text => text.split(/[\s,;|]+/).filter(each => each !== ''))
    .pipe(z.array(word))
    .optional()
    .describe(
      'What the records hold of it, parted by spaces: `work_phone`, `visits`, `look_ups`. When absent: from the channel.',
    ),
})

/** One row an innocent member of staff whose lawful work brings much contact. */
export const legitimateRoleShape = z.object({
  staff_id: z.string().min(1).describe('The member of staff, who must not be among the offenders.'),
  role: z.string().min(1).describe('What their work or circumstance is, in a few words.'),
})

export type Offence = z.output<typeof offenceShape>
export type LegitimateRole = z.output<typeof legitimateRoleShape>

/** Who offends and who only looks as if they did: known of made-up forces and of closed cases, and to no detection. */
export type Truth = { readonly offences: readonly Offence[]; readonly roles: readonly LegitimateRole[] }

/** Other names under which a column is taken. */
export const columnNames: Readonly<Record<string, readonly string[]>> = {
  staff_id: ['staff', 'officer_id', 'officer', 'employee_id'],
  person_id: ['person', 'victim_id', 'victim'],
  first_improper_on: ['first_improper', 'first_contact_on', 'first_on', 'started_on', 'onset_on'],
  first_trace_on: ['first_trace', 'trace_on'],
  came_to_light_on: ['came_to_light', 'discovered_on', 'reported_on'],
  channel: [],
  style: [],
  dark: [],
  traces: ['trace'],
  role: ['look_alike', 'legitimate_role', 'pattern'],
}

/** The files of a truth folder, by the names they may have. The first is the one the demonstration force writes. */
export const truthFiles = {
  offences: ['truth', 'offences', 'offenders'],
  roles: ['roles', 'legitimate-roles', 'legitimate_roles', 'look-alikes'],
} as const
