type Meaning = {
  /** What a holder may do, as shown on the account page. */
  readonly means: string
  /** True when it shows records about members of staff or the public: never held by the system administrator. */
  readonly policeData: boolean
}

/** Everything a person may be allowed to do. Every page and every command names one of these. */
export const permissions = {
  'read-overview': {
    means: 'See which feeds arrive, when detection ran and how the budget stands',
    policeData: false,
  },
  'read-queue': { means: 'See the review queue, with masked identities', policeData: true },
  'read-concern': { means: 'Open a concern, with masked identities', policeData: true },
  'open-words': {
    means: 'Open what was written, behind a concern; every opening is in the log',
    policeData: true,
  },
  'decide-concern': { means: 'Record a disposition on a concern, and undo it', policeData: true },
  'run-sweep': {
    means: 'Run the method of a concern over everyone the member of staff met, and read what it found',
    policeData: true,
  },
  'watch-tip-off': {
    means: 'Enter a notice on a concern, have contact and look-ups after it watched for, and end that',
    policeData: true,
  },
  'audit-person': {
    means: 'Read every look-up of the member of staff of a concern, under an authorisation',
    policeData: true,
  },
  'ask-authorisation': {
    means: 'Ask for an authorisation to look deeper, and read those of a concern',
    policeData: true,
  },
  'approve-authorisation': {
    means: 'Answer what another person asked to be authorised, review it, and end it',
    policeData: true,
  },
  'read-authorisations': {
    means: 'Read the register of authorisations: what was authorised, by whom, until when',
    policeData: true,
  },
  'manage-conflicts': {
    means: 'See from whom a concern is kept, keep another from it by hand, and ask or agree that it ends',
    policeData: true,
  },
  'ask-unmask': { means: 'Ask to know who a concern is about', policeData: true },
  'grant-unmask': {
    means: 'Agree that another person is shown who a concern is about',
    policeData: true,
  },
  'read-look-ups': {
    means: 'Read the look-ups that no record explains, with masked identities',
    policeData: true,
  },
  'read-feeds': {
    means: 'See on what lawful basis each feed is read, and until when',
    policeData: false,
  },
  'confirm-feeds': {
    means: 'Say on what lawful basis a feed is read, and withdraw it',
    policeData: false,
  },
  'read-rejects': { means: 'See rejected records as the force gave them', policeData: true },
  'read-catalogue': {
    means: 'Read the catalogue of indicators, and how well detection was measured to work',
    policeData: false,
  },
  'tune-indicators': {
    means: 'Draft a change of an indicator, preview it, ask for it to be published, and roll back',
    policeData: true,
  },
  'agree-tuning': {
    means:
      'See drafts, what they would change, and what indicators in shadow found; agree to another person’s draft',
    policeData: true,
  },
  'manage-exceptions': {
    means: 'Say what need not be shown, for how long and why, and end it',
    policeData: true,
  },
  'manage-retention': {
    means: 'See what is due to be destroyed, ask for it or agree to it, and place and end holds',
    policeData: false,
  },
  'read-audit': { means: 'Search the log of every read and decision', policeData: true },
  'read-break-glass': {
    means: 'See the emergencies one has a part in, by reference',
    policeData: false,
  },
  // What it leads to is opened by two others, for an hour: holding it shows nothing.
  'ask-break-glass': {
    means: 'Ask two others to open one concern in an emergency',
    policeData: false,
  },
  'approve-break-glass': {
    means: 'Agree that a concern is opened to somebody of another line in an emergency',
    policeData: true,
  },
  'review-break-glass': {
    means: 'Review what was opened in an emergency',
    policeData: true,
  },
  'watch-unit': {
    means: 'See how the unit reads, and record what came of the monthly sample',
    policeData: true,
  },
  'manage-accounts': { means: 'Make and end accounts and give roles', policeData: false },
  'confirm-roles': {
    means: 'Confirm who holds an account, before it may read police data',
    policeData: false,
  },
  'manage-system': { means: 'Take records in, run detection, back up and restore', policeData: false },
} as const satisfies Record<string, Meaning>

export type Permission = keyof typeof permissions

/** Every permission, in the order of the list above. */
export const permissionNames = Object.keys(permissions) as readonly Permission[]
