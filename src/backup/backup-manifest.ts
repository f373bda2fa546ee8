import { z } from 'zod'

/** Where a store's rows lie: in the data folder, and so in the backup's copy of it; in a dump; or not in the backup at all. */
const whereabouts = z.enum(['folder', 'dump', 'elsewhere'])

/** What a backup says of itself, in `.backup/manifest.json`. */
export const backupManifest = z.strictObject({
  format: z.literal(1),
  /** Random; the log and the terminal call the backup by it. */
  id: z.string().regex(/^[0-9A-F]{12}$/),
  madeAt: z.iso.datetime(),
  casework: whereabouts,
  lake: whereabouts,
  files: z.array(z.strictObject({ path: z.string().min(1), holds: z.string().min(1) })),
})

export type BackupManifest = z.infer<typeof backupManifest>

/** The folder of a backup that tells about it, and what is in it. */
export const aboutFolder = '.backup'
export const manifestFile = `${aboutFolder}/manifest.json`
export const dumpFile = `${aboutFolder}/casework.dump`
