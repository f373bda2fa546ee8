import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander doctor`: what is set, what works, and what to mend. */
export const addDoctorCommand = (parent: Command): void => {
  addVerb(parent, 'doctor', 'Check settings, data folder, both stores and the content.', {
    json: true,
  }).action(later(async () => (await import('./run-doctor.ts')).runDoctor))
}
