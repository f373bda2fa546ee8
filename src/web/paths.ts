/** Every address of the staff app. `:name` parts are filled by `fillPath`. Nothing else spells a path. */
export const paths = {
  signIn: '/sign-in',
  signOut: '/sign-out',
  overview: '/',
  queue: '/concerns',
  concern: '/concerns/:ref',
  concernRecords: '/concerns/:ref/records',
  decide: '/concerns/:ref/decision',
  undoDecision: '/concerns/:ref/decision/undo',
  recuse: '/concerns/:ref/recusal',
  unmask: '/concerns/:ref/unmask',
  grantUnmask: '/concerns/:ref/unmask/:request',
  rejects: '/records/rejects',
  rejectsCsv: '/records/rejects.csv',
  indicators: '/indicators',
  indicator: '/indicators/:id',
  shadow: '/indicators/:id/shadow',
  tuning: '/indicators/:id/tuning',
  discardTuning: '/indicators/:id/tuning/discard',
  askTuning: '/indicators/:id/tuning/ask',
  returnTuning: '/indicators/:id/tuning/return',
  publishTuning: '/indicators/:id/tuning/publish',
  rollBackTuning: '/indicators/:id/tuning/roll-back',
  help: '/help',
  account: '/account',
  assets: '/assets/',
} as const

/** A path with its `:name` parts filled and escaped: `fillPath(paths.concern, { ref })`. */
export const fillPath = (path: string, parts: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''))
